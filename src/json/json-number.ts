import { LosslessNumber } from 'lossless-json';

/** A JSON number with the digits of its source text, in `value`. Never a float. */
export type JsonNumber = LosslessNumber;

/** Whether a value is a number as readJson gives it. An object that merely has its members is none. */
export function isJsonNumber(value: unknown): value is JsonNumber {
  return value instanceof LosslessNumber;
}

/** A JSON number that has lost nothing: plain where JavaScript writes it with the digits of its source text. */
export type ExactNumber = number | JsonNumber;

/** Whether a value is a number as readExactJson gives it. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return typeof value === 'number' || isJsonNumber(value);
}

/** The digits of the source text. */
export function digitsOf(number: ExactNumber): string {
  return typeof number === 'number' ? String(number) : number.value;
}
