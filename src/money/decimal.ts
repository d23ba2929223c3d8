import { Big } from 'big.js';

/**
 * An exact decimal number as plain text: optional minus, digits, optional fraction; never an exponent.
 * Arithmetic goes through big.js, whose sums and products are exact; a Decimal never becomes a float.
 */
export type Decimal = string & { readonly [decimalBrand]: true };
declare const decimalBrand: unique symbol;

const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const NEGATIVE_ZERO = /^-[0.]+$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE]([+-]?\d+))?$/;

/** More digits than any amount has; bounds what `1e1000000` can cost. */
const MAX_DIGITS = 100;
/** Room for both sides of the point, sign, point and exponent; longer texts are refused unread. */
const MAX_LENGTH = 2 * MAX_DIGITS + 10;

function isDecimal(text: string): text is Decimal {
  return PLAIN.test(text);
}

function isNegativeZero(text: string): boolean {
  return text.charCodeAt(0) === MINUS_CODE && NEGATIVE_ZERO.test(text);
}

const MINUS_CODE = 0x2d;

/**
 * Reads a decimal, digit for digit: `1.50` stays `1.50`. An exponent becomes plain digits: `1e-7` gives `0.0000001`.
 * Null when the text is not a number, or its plain form has more than 100 digits before or after the point.
 */
export function parseDecimal(text: string): Decimal | null {
  if (text.length <= MAX_DIGITS && isDecimal(text) && !isNegativeZero(text)) return text;
  const match = NUMBER.exec(text);
  if (match === null || text.length > MAX_LENGTH || Math.abs(Number(match[1] ?? 0)) > MAX_LENGTH) return null;
  const value = isDecimal(text) && !isNegativeZero(text) ? text : plain(new Big(text));
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  return whole.length > MAX_DIGITS || fraction.length > MAX_DIGITS ? null : value;
}

function plain(value: Big): Decimal {
  const text = value.toFixed();
  if (!isDecimal(text)) throw new TypeError('big.js gave a number that is not plain');
  return text;
}

/** 0. */
export const ZERO: Decimal = plain(new Big(0));

/** The exact sum. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  return plain(new Big(a).plus(b));
}

/** Negative when `a` is smaller than `b`, zero when they are equal, positive when it is larger. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  return new Big(a).cmp(b);
}

/**
 * The value times ten to the power of `places`, exact; negative places divide. Without zeros that say nothing: `1.50`
 * gives `1.5`.
 */
export function movePoint(value: Decimal, places: number): Decimal {
  const start = value.startsWith('-') ? 1 : 0;
  const point = value.indexOf('.');
  if (places === 0 && point === -1) return value;
  const digits = point === -1 ? value.slice(start) : value.slice(start, point) + value.slice(point + 1);
  const moved = (point === -1 ? value.length : point) - start + places;
  const whole = moved > 0 ? digits.slice(0, moved).padEnd(moved, '0') : '0';
  const fraction = moved > 0 ? digits.slice(moved) : '0'.repeat(-moved) + digits;
  const text = trimmed(whole, fraction);
  const signed = start === 1 && text !== '0' ? `-${text}` : text;
  if (!isDecimal(signed)) throw new TypeError('a decimal lost its form');
  return signed;
}

/** Of a whole part its first zeros, and of a fraction its last ones, say nothing. */
function trimmed(whole: string, fraction: string): string {
  let first = 0;
  while (first < whole.length - 1 && whole.charCodeAt(first) === ZERO_CODE) first += 1;
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === ZERO_CODE) end -= 1;
  return end === 0 ? whole.slice(first) : `${whole.slice(first)}.${fraction.slice(0, end)}`;
}

const ZERO_CODE = 0x30;

/** The same value with at least `digits` digits after the point. */
export function padFraction(value: Decimal, digits: number): Decimal {
  const point = value.indexOf('.');
  const present = point === -1 ? 0 : value.length - point - 1;
  if (present >= digits) return value;
  const padded = `${value}${point === -1 ? '.' : ''}${'0'.repeat(digits - present)}`;
  return isDecimal(padded) ? padded : value;
}

/**
 * An amount of a currency's minor unit in major units, with at least the `digits` that the currency has: 1230 of two digits
 * is `12.30`.
 */
export function inMajorUnits(value: Decimal, digits: number): Decimal {
  const point = value.length - digits;
  // Nearly all are long enough, so that nothing but the point has to be put in.
  if (digits > 0 && point > 1 && !value.includes('.')) {
    const moved = `${value.slice(0, point)}.${value.slice(point)}`;
    if (isDecimal(moved)) return moved;
  }
  return padFraction(movePoint(value, -digits), digits);
}

/** How many digits it takes to write the value, zeros at the end of a fraction and at the front aside: 3 of `0.01230`. */
export function digitCount(value: Decimal): number {
  return movePoint(value, 0).replace(/[-.]/g, '').replace(/^0+/, '').length;
}
