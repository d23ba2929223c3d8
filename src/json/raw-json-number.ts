import { digitsOf, type ExactNumber } from './json-number.ts';
import type { RawJsonNumber } from './json-object.ts';

declare global {
  interface JSON {
    /** Stage 4 ECMAScript proposal 'JSON.parse source text access', in Node since 22. */
    rawJSON(text: string): RawJsonNumber;
    isRawJSON(value: unknown): value is RawJsonNumber;
  }
}

/** The number as a value that JSON.stringify writes with the digits of its source. */
export function rawJsonNumber(number: ExactNumber): RawJsonNumber {
  return JSON.rawJSON(digitsOf(number));
}
