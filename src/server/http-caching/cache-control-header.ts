/** Of an answer that may not be kept at all. */
export const NO_STORE = 'no-store';

/**
 * Of a whole answer that its client may keep, and nobody on the way, since it is a customer's data.
 *
 * @param maxAge in seconds, as long as it may be used without asking; 0: never
 */
export function cacheControl(maxAge: number): string {
  return maxAge === 0 ? 'private, no-cache' : `private, max-age=${maxAge}`;
}
