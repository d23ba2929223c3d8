/**
 * A point in time as RFC 3339 text in UTC, ending in `Z`, with as many fractional digits as its source had.
 * Text and not Date, because Date would cut digits below the millisecond.
 */
export type Instant = string & { readonly [instantBrand]: true };
declare const instantBrand: unique symbol;

/** What follows date and time of day: fraction and offset. */
const FRACTION_AND_OFFSET = /^(\.\d{1,18})?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const LOCAL_LENGTH = '2026-06-01T00:00:00'.length;
const MAX_FRACTION_DIGITS = 18;
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 24 * 60 * MS_PER_MINUTE;

/** Reads an RFC 3339 timestamp with any offset; null when the text is not one. */
export function parseInstant(text: string): Instant | null {
  if (isInstant(text)) return text;
  if (!startsLocal(text)) return null;
  const match = FRACTION_AND_OFFSET.exec(text.slice(LOCAL_LENGTH));
  if (match === null) return null;
  const [, fraction = '', sign = '+', hours = '0', minutes = '0'] = match;
  const offset = Number(`${sign}${Number(hours) * 60 + Number(minutes)}`) * MS_PER_MINUTE;
  const local = Date.parse(`${text.slice(0, LOCAL_LENGTH).toUpperCase()}Z`);
  // Years outside 0 to 9999 get a sign in front, and are no instants.
  const utc = `${new Date(local - offset).toISOString().slice(0, -'.000Z'.length)}${fraction}Z`;
  return isInstant(utc) ? utc : null;
}

/** Whether a text is an instant as it stands, which most of them are. */
function isInstant(text: string): text is Instant {
  if (!startsLocal(text) || text.charCodeAt(10) !== UPPER_T) return false;
  const last = text.length - 1;
  if (text.charCodeAt(last) !== UPPER_Z) return false;
  if (last === LOCAL_LENGTH) return true;
  const digits = last - LOCAL_LENGTH - 1;
  if (text.charCodeAt(LOCAL_LENGTH) !== POINT || digits < 1 || digits > MAX_FRACTION_DIGITS) return false;
  for (let at = LOCAL_LENGTH + 1; at < last; at += 1) if (!(digitAt(text, at) <= 9)) return false;
  return true;
}

const HYPHEN = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const UPPER_T = 0x54;
const LOWER_T = 0x74;
const UPPER_Z = 0x5a;

/** Whether a text begins with a day that there is, and a time of day. Read by codes: each row has several of them. */
function startsLocal(text: string): boolean {
  const t = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === HYPHEN &&
    text.charCodeAt(7) === HYPHEN &&
    (t === UPPER_T || t === LOWER_T) &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    twoDigits(text, 11) <= 23 &&
    twoDigits(text, 14) <= 59 &&
    twoDigits(text, 17) <= 59 &&
    isDay(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8))
  );
}

/** False also where a part is NaN. */
function isDay(year: number, month: number, day: number): boolean {
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  switch (month) {
    case 2:
      return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
      return 30;
    default:
      return 31;
  }
}

/** NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1);
}

/** NaN where there is none. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : NaN;
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
  if (a === b) return 0;
  // Of the same length they are spelled alike.
  if (a.length === b.length) return a < b ? -1 : 1;
  const [seconds, otherSeconds] = [a.slice(0, LOCAL_LENGTH), b.slice(0, LOCAL_LENGTH)];
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
  const date = new Date(Date.parse(`${instant.slice(0, LOCAL_LENGTH)}Z`) + days * MS_PER_DAY);
  const later = parseInstant(`${date.toISOString().slice(0, -'.000Z'.length)}${instant.slice(LOCAL_LENGTH)}`);
  if (later === null) throw new RangeError(YEARS_LEFT);
  return later;
}
