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

/** The caches of documents that the server has parsed and validated, and of the errors of those that cannot be parsed. */
export function createDocumentCaches() {
  return {
    documentCache: cacheOf(createRecentEntries<DocumentNode>(MAX_DOCUMENTS)),
    errorCache: cacheOf(createRecentEntries<unknown>(MAX_ERRORS)),
  };
}

function cacheOf<Entry>(entries: ReturnType<typeof createRecentEntries<Entry>>): DocumentCache<Entry> {
  return {
    get: (text) => entries.get(text),
    set: (text, entry) => entries.set(text, entry, text.length),
  };
}
