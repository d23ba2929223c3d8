/** Seconds; the fraction is against the rule, but what it means is clear. */
const SECONDS = /^\d{1,15}(?:\.\d{1,15})?$/;
/** A date has letters; what `Date` would make of other texts is anybody's guess. */
const DATE = /^[A-Z][a-z]+,? .*GMT$/;

/**
 * How long to wait by a header `Retry-After` (RFC 9110 section 10.2.3), in milliseconds; 0 for a date that is past. Null
 * where there is none, and for everything else that stands in it.
 *
 * @param nowMs milliseconds since the epoch
 */
export function retryAfterMs(header: string | string[] | undefined, nowMs = Date.now()): number | null {
  if (typeof header !== 'string') return null;
  const text = header.trim();
  if (SECONDS.test(text)) return Number(text) * 1000;
  const dateMs = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
