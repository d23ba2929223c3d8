import type { JsonObject, JsonValue, RawJsonNumber } from '../json/json-object.ts';

/** The value as JSON text with the members of every object in one order, so that equal values give equal texts. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null || isRawJsonNumber(value)) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function isRawJsonNumber(value: RawJsonNumber | JsonObject | readonly JsonValue[]): value is RawJsonNumber {
  return JSON.isRawJSON(value);
}
