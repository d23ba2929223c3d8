import { createRecentEntries } from '../../read-cache/recent-entries.ts';

/** Documents that clients have registered by their hashes, in the memory of this process. */
export interface AutomaticOperations {
  /** By the SHA-256 of the document as `comparableId` gives it; null for an unknown one. */
  find(hash: string): string | null;
  add(hash: string, document: string): void;
}

/** How much is kept. */
interface AutomaticLimits {
  readonly maxDocuments?: number;
  /** Of all documents together. */
  readonly maxCharacters?: number;
}

/** Keeps those documents that were used last; a client registers a forgotten one again by itself. */
export function createAutomaticOperations({
  maxDocuments = 1000,
  maxCharacters = 4_000_000,
}: AutomaticLimits = {}): AutomaticOperations {
  const documents = createRecentEntries<string>({ maxEntries: maxDocuments, maxWeight: maxCharacters });
  return {
    find: (hash) => documents.get(hash) ?? null,
    add: (hash, document) => documents.set(hash, document, document.length),
  };
}
