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
  // A Map keeps the order of insertion: the least recently used document is its first.
  const documents = new Map<string, string>();
  let characters = 0;
  function remove(hash: string): void {
    characters -= documents.get(hash)?.length ?? 0;
    documents.delete(hash);
  }
  return {
    find(hash) {
      const document = documents.get(hash);
      if (document === undefined) return null;
      documents.delete(hash);
      documents.set(hash, document);
      return document;
    },
    add(hash, document) {
      if (document.length > maxCharacters) return;
      remove(hash);
      documents.set(hash, document);
      characters += document.length;
      for (const oldest of documents.keys()) {
        if (documents.size <= maxDocuments && characters <= maxCharacters) break;
        remove(oldest);
      }
    },
  };
}
