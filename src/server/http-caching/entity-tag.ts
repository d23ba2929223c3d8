import { createHash } from 'node:crypto';

/** A strong entity tag: equal for answers that are the same byte for byte, in the same media type. */
export function entityTag(mediaType: string, body: string): string {
  const hash = createHash('sha256').update(`${mediaType}\n${body}`).digest('base64url');
  return `"${hash}"`;
}

/** One tag of a list, which may hold commas itself (RFC 9110, section 8.8.3). */
const TAG = /(?:W\/)?("[\x21\x23-\x7E\x80-\xFF]*")/g;

/**
 * Whether an `If-None-Match` names a tag: among others or as `*`, by weak comparison, where a tag that something on the
 * way has made weak is the same (RFC 9110, section 13.1.2).
 */
export function isNamedBy(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(TAG)].some(([, opaque]) => opaque === tag);
}
