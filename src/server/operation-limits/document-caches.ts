import type { DocumentNode } from 'graphql';
import { createRecentEntries } from '../../read-cache/recent-entries.ts';

/** What the server keeps entries in. */
interface DocumentCache<Entry> {
  get(text: string): Entry | undefined;
  set(text: string, entry: Entry): void;
}

/**
 * What is kept of free documents, counted in characters of their text. A parsed document takes up to some hundred times
 * the memory of its text, so these are about fifty megabytes at worst; a document that alone is longer is parsed each time.
 */
const MAX_DOCUMENTS = { maxEntries: 1000, maxWeight: 200_000 };
const MAX_ERRORS = { maxEntries: 100, maxWeight: 200_000 };

/** What is known of free documents by their texts. */
export interface DocumentCaches {
  /** Those that the server has parsed. */
  readonly documentCache: DocumentCache<DocumentNode>;
  /** The errors of those that cannot be parsed. */
  readonly errorCache: DocumentCache<unknown>;
  noteValid(document: DocumentNode): void;
  /** The document of a text that has been found valid; null for any other. */
  validated(text: string): DocumentNode | null;
}

/** Nothing known yet. */
export function createDocumentCaches(): DocumentCaches {
  const documentCache = cacheOf(createRecentEntries<DocumentNode>(MAX_DOCUMENTS));
  const valid = new WeakSet<DocumentNode>();
  return {
    documentCache,
    errorCache: cacheOf(createRecentEntries<unknown>(MAX_ERRORS)),
    noteValid: (document) => void valid.add(document),
    validated(text) {
      const document = documentCache.get(text);
      return document !== undefined && valid.has(document) ? document : null;
    },
  };
}

function cacheOf<Entry>(entries: ReturnType<typeof createRecentEntries<Entry>>): DocumentCache<Entry> {
  return {
    get: (text) => entries.get(text),
    set: (text, entry) => entries.set(text, entry, text.length),
  };
}
