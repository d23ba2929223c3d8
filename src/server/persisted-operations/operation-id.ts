import { createHash } from 'node:crypto';

/** Stands in front of a SHA-256 that is an id (GraphQL over HTTP, appendix 'Persisted Documents'). */
export const HASH_PREFIX = 'sha256:';

const SHA256 = /^(?:sha256:)?([0-9a-f]{64})$/i;

/**
 * The form in which ids are compared: of a SHA-256, with its prefix or without, the 64 hex digits in lower case; any
 * other id as it is.
 */
export function comparableId(id: string): string {
  return SHA256.exec(id)?.[1]?.toLowerCase() ?? id;
}

/** Whether an id looks like a SHA-256, by its prefix or by its 64 hex digits. */
export function looksHashed(id: string): boolean {
  return id.startsWith(HASH_PREFIX) || SHA256.test(id);
}

/** The SHA-256 of a document's text in UTF-8, as `comparableId` gives it. */
export function hashOf(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}
