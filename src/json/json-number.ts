import type { LosslessNumber } from 'lossless-json';

/** A JSON number with the digits of its source text, in `value`. Never a float. */
export type JsonNumber = LosslessNumber;
