import { LosslessNumber } from 'lossless-json';

/** A JSON number with the digits of its source text, in `value`. Never a float. */
export type JsonNumber = LosslessNumber;

/** Whether a value is a number as readJson gives it. An object that merely has its members is none. */
export function isJsonNumber(value: unknown): value is JsonNumber {
  return value instanceof LosslessNumber;
}
