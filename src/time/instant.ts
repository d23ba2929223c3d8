/**
 * A point in time as RFC 3339 text in UTC, ending in `Z`, with as many fractional digits as its source had.
 * Text and not Date, because Date would cut digits below the millisecond.
 */
export type Instant = string & { readonly [instantBrand]: true };
declare const instantBrand: unique symbol;

const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d{1,18})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function isInstant(text: string): text is Instant {
  return RFC_3339.test(text) && text.endsWith('Z');
}

/** Reads an RFC 3339 timestamp with any offset; null when the text is not one. */
export function parseInstant(text: string): Instant | null {
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [, date = '', time = '', fraction = '', offset = ''] = match;
  const milliseconds = Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  // A date such as 31 February parses to another day, or not at all.
  if (Number.isNaN(milliseconds) || !sameDay(date, time)) return null;
  const utc = `${new Date(milliseconds).toISOString().slice(0, 19)}${fraction}Z`;
  return isInstant(utc) ? utc : null;
}

function sameDay(date: string, time: string): boolean {
  const parsed = Date.parse(`${date}T${time}Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(date);
}

const YEARS_LEFT = 'a date outside the years 0 to 9999';

/**
 * The instant of a Date, to the millisecond.
 *
 * @throws RangeError for a date outside the years 0 to 9999
 */
export function instantOf(date: Date): Instant {
  const instant = parseInstant(date.toISOString());
  if (instant === null) throw new RangeError(YEARS_LEFT);
  return instant;
}

/** Negative when `a` is earlier than `b`, zero when they are equal, positive when it is later. */
export function compareInstants(a: Instant, b: Instant): number {
  const [seconds, otherSeconds] = [a.slice(0, 19), b.slice(0, 19)];
  if (seconds !== otherSeconds) return seconds < otherSeconds ? -1 : 1;
  const [fraction, otherFraction] = [fractionOf(a), fractionOf(b)];
  if (fraction === otherFraction) return 0;
  return fraction < otherFraction ? -1 : 1;
}

function fractionOf(instant: Instant): string {
  return instant.slice(20, -1).replace(/0+$/, '');
}

/**
 * The instant a whole number of days later, with the fraction as it was.
 *
 * @throws RangeError for a date outside the years 0 to 9999
 */
export function plusDays(instant: Instant, days: number): Instant {
  const date = new Date(`${instant.slice(0, 19)}Z`);
  date.setUTCDate(date.getUTCDate() + days);
  const later = parseInstant(`${date.toISOString().slice(0, -'.000Z'.length)}${instant.slice(19)}`);
  if (later === null) throw new RangeError(YEARS_LEFT);
  return later;
}
