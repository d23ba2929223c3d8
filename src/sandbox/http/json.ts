import Big from 'big.js';
import { isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/**
 * Parses JSON text without changing a number: what a JS float holds exactly becomes a plain number, anything else a
 * LosslessNumber. Throws SyntaxError for malformed text.
 */
export function parseJson(text: string): unknown {
  return parse(text, null, (digits) => (isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits)));
}

const DECIMALS = [
  {
    test: (value: unknown): boolean => value instanceof Big,
    stringify: (value: unknown): string => String(value),
  },
];

/**
 * JSON text of a value; big.js and LosslessNumber values are written digit for digit as JSON numbers, members that
 * are undefined are left out.
 */
export function toJson(value: unknown): string {
  return stringify(value, null, undefined, DECIMALS) ?? 'null';
}

/** Whether a parsed value is a JSON object (not null, not a list, not a lossless number). */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

/** The exact decimal of a parsed JSON number; undefined when the value is not a number. */
export function decimalOf(value: unknown): Big | undefined {
  if (typeof value === 'number') return new Big(value);
  return value instanceof LosslessNumber ? new Big(value.value) : undefined;
}
