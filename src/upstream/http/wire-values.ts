import { UpstreamInvalidResponseError } from '../../errors/upstream-error.ts';
import { digitsOf, isExactNumber, type ExactNumber } from '../../json/json-number.ts';
import type { JsonObject, JsonValue } from '../../json/json-object.ts';
import { rawJsonNumber } from '../../json/raw-json-number.ts';
import { parseDecimal, type Decimal } from '../../money/decimal.ts';
import type { Provider } from '../../provider.ts';
import { parseInstant, type Instant } from '../../time/instant.ts';

/**
 * The failure for a field that is missing, or holds something that the model has no form for.
 *
 * @param field the member's name in the upstream's reference, with the resource: `invoice.total`. Never data.
 */
export function invalidField(provider: Provider, field: string): UpstreamInvalidResponseError {
  return new UpstreamInvalidResponseError(provider, `The provider gave no usable value for ${field}.`);
}

/**
 * The exact value of a number.
 *
 * @throws UpstreamInvalidResponseError naming the field for a number of more than 100 digits
 */
export function decimalOf(provider: Provider, value: ExactNumber, field: string): Decimal {
  const decimal = parseDecimal(digitsOf(value));
  if (decimal === null) throw invalidField(provider, field);
  return decimal;
}

/**
 * The exact value of a number that may be absent; null where it is.
 *
 * @throws UpstreamInvalidResponseError naming the field for a number of more than 100 digits
 */
export function optionalDecimal(
  provider: Provider,
  value: ExactNumber | null | undefined,
  field: string,
): Decimal | null {
  return value === null || value === undefined ? null : decimalOf(provider, value, field);
}

const WHOLE = /^-?\d+(?:\.0+)?$/;

/**
 * A whole number of 32 bits, as GraphQL's Int is; for counts and never for money. `3.0` and `3e0` are whole.
 *
 * @throws UpstreamInvalidResponseError naming the field for any other number
 */
export function intOf(provider: Provider, value: ExactNumber, field: string): number {
  const decimal = decimalOf(provider, value, field);
  const number = Number(decimal);
  // A fraction too small for a float rounds away, so the digits say whether it is whole; `| 0` leaves 32 bits.
  if (!WHOLE.test(decimal) || (number | 0) !== number) throw invalidField(provider, field);
  return number;
}

/**
 * A whole number that may be absent; null where it is.
 *
 * @throws UpstreamInvalidResponseError naming the field for a number that is not whole, or has more than 32 bits
 */
export function optionalInt(
  provider: Provider,
  value: ExactNumber | null | undefined,
  field: string,
): number | null {
  return value === null || value === undefined ? null : intOf(provider, value, field);
}

/**
 * A timestamp.
 *
 * @throws UpstreamInvalidResponseError naming the field for a text that is not RFC 3339
 */
export function instantOf(provider: Provider, text: string, field: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw invalidField(provider, field);
  return instant;
}

/**
 * A timestamp that may be absent; null where it is.
 *
 * @throws UpstreamInvalidResponseError naming the field for a text that is not RFC 3339
 */
export function optionalInstant(
  provider: Provider,
  text: string | null | undefined,
  field: string,
): Instant | null {
  return text === null || text === undefined ? null : instantOf(provider, text, field);
}

/** A free-form object (custom fields, metadata) whose numbers keep their digits; empty where it is absent. */
export function jsonObjectOf(value: Readonly<Record<string, unknown>> | null | undefined): JsonObject {
  if (value === null || value === undefined) return {};
  if (isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonValueOf(member)]));
}

/** Whether there is nothing in an object but what stays as it is, as in most of them. */
function isPlainObject(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, string>> {
  for (const key in value) if (typeof value[key] !== 'string') return false;
  return true;
}

function jsonValueOf(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (isExactNumber(value)) return rawJsonNumber(value);
  if (Array.isArray(value)) return value.map(jsonValueOf);
  if (typeof value === 'object') return jsonObjectOf(Object.fromEntries(Object.entries(value)));
  throw new TypeError('not a value that readExactJson gives');
}

/** The next page's token; null where the upstream gives none, an empty text included (metronome.md section 1.3). */
export function nextTokenOf(token: string | null | undefined): string | null {
  return token === undefined || token === '' ? null : token;
}
