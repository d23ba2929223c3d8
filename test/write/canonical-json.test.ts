import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json/json-object.ts';
import { readJson } from '../../src/json/read-json.ts';
import { jsonObjectOf } from '../../src/upstream/http/wire-values.ts';
import { canonicalJson } from '../../src/write/canonical-json.ts';

const numberText = fc.oneof(
  fc.bigInt().map(String),
  fc.constantFrom('0.1', '1.0', '1e-7', '1E+2', '-0', '9007199254740993', '0.30000000000000000000001'),
);
const { value: anyValue, object: anyObject } = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    numberText.map((digits) => JSON.rawJSON(digits)),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 5 }),
}));

/** The same value with the members of every object in the opposite order of insertion. */
function reversed(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) && !JSON.isRawJSON(value);
}

describe('canonicalJson', () => {
  it('is the same whatever the order of members', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('tells different values apart', () => {
    fc.assert(
      fc.property(anyObject, fc.string(), fc.string(), (object, name, other) => {
        const changed = { ...object, [name]: { was: object[name] ?? null, other } };
        expect(canonicalJson(changed)).not.toBe(canonicalJson(object));
      }),
    );
  });

  it.each<[string, string, string]>([
    ['members', '{"b":1,"a":2}', '{"a":2,"b":1}'],
    [
      'members within members and lists',
      '{"a":{"d":1,"c":[{"f":1,"e":2}]}}',
      '{"a":{"c":[{"e":2,"f":1}],"d":1}}',
    ],
    ['no list', '[2,1,3]', '[2,1,3]'],
  ])('sorts %s', (_, source, text) => {
    expect(canonicalJson(jsonObjectOf({ value: readJson(source) }))).toBe(`{"value":${text}}`);
  });

  it.each(['0.10', '1e-7', '9007199254740993', '-0', '123456789012345678901234567890.5'])(
    'keeps the digits of %s',
    (digits) => {
      expect(canonicalJson({ amount: JSON.rawJSON(digits) })).toBe(`{"amount":${digits}}`);
    },
  );

  it('keeps members whose names mean something to JavaScript', () => {
    const members: [string, JsonValue][] = [
      ['constructor', 'b'],
      ['__proto__', 'a'],
    ];
    expect(canonicalJson(Object.fromEntries(members))).toBe('{"__proto__":"a","constructor":"b"}');
  });
});
