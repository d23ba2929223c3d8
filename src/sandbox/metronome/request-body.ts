import type Big from 'big.js';
import { decimalOf, isJsonObject } from '../http/json.ts';
import { badRequest } from './metronome-error.ts';
import { isUuid } from './metronome-id.ts';
import type { CustomFields } from './wire-types.ts';
import { parseWireTime } from './wire-time.ts';

/** A JSON object that was sent as a body. */
export type BodyFields = Readonly<Record<string, unknown>>;

/** The body as an object; throws 400 when it is something else or missing. */
export function bodyFields(body: unknown): BodyFields {
  if (!isJsonObject(body)) throw badRequest('The body must be a JSON object');
  return body;
}

/** A required text; throws 400 when it is missing or no text. */
export function requiredText(fields: BodyFields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw badRequest(`${name} is required and must be a string`);
  return value;
}

/** A required UUID in lower case; throws 400. */
export function requiredUuid(fields: BodyFields, name: string): string {
  const value = requiredText(fields, name);
  if (!isUuid(value)) throw badRequest(`${name} must be a UUID`);
  return value.toLowerCase();
}

/** A required number, exact; throws 400. */
export function requiredNumber(fields: BodyFields, name: string): Big {
  const value = decimalOf(fields[name]);
  if (value === undefined) throw badRequest(`${name} is required and must be a number`);
  return value;
}

/** A required RFC 3339 timestamp; throws 400. */
export function requiredTimestamp(fields: BodyFields, name: string): Date {
  const value = parseWireTime(requiredText(fields, name));
  if (value === undefined) throw badRequest(`${name} must be an RFC 3339 timestamp`);
  return value;
}

/** An optional list of texts of at most `maxLength` characters each; empty when absent; throws 400. */
export function optionalTexts(
  fields: BodyFields,
  name: string,
  limits: { readonly maxItems: number; readonly maxLength: number },
): readonly string[] {
  const value = fields[name];
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > limits.maxItems) {
    throw badRequest(`${name} must be a list of at most ${limits.maxItems} strings`);
  }
  return value.map((item: unknown) => {
    if (typeof item !== 'string' || item === '' || item.length > limits.maxLength) {
      throw badRequest(`Each of ${name} must be a string of 1 to ${limits.maxLength} characters`);
    }
    return item;
  });
}

/** Custom fields: a flat string map, values up to 200 characters (metronome.md section 1.9); throws 400. */
export function optionalCustomFields(fields: BodyFields): CustomFields {
  const value = fields['custom_fields'];
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw badRequest('custom_fields must be an object');
  const customFields: Record<string, string> = {};
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string' || text.length > 200) {
      throw badRequest('Values of custom_fields must be strings of at most 200 characters');
    }
    customFields[key] = text;
  }
  return customFields;
}
