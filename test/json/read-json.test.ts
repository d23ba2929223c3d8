import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { MAX_JSON_DEPTH } from '../../src/json/json-depth.ts';
import { rawJsonNumber } from '../../src/json/raw-json-number.ts';
import { readJson } from '../../src/json/read-json.ts';

describe('readJson', () => {
  it.each([
    '0.1',
    '123.45',
    '1e-7',
    '9007199254740993',
    '-0.005',
    '-0',
    '1.50',
    '1E400',
    '0.1000000000000000055511151231257827',
  ])('keeps %s digit for digit, and writes it so again', (text) => {
    const value = readJson(text);
    if (!(value instanceof LosslessNumber)) throw new Error('not a number');
    expect(value.value).toBe(text);
    expect(JSON.stringify({ total: rawJsonNumber(value) })).toBe(`{"total":${text}}`);
  });

  it('reads everything that is not a number as JSON.parse does', () => {
    const text = '{"a":[true,false,null,"\\u00e9\\n\\"\\ud83d\\ude00"],"":{},"b":[[]],"long":"é😀"}';
    expect(readJson(` \t\r\n${text} `)).toEqual(JSON.parse(text));
  });

  it.each([
    ['nothing', ''],
    ['white space', '  '],
    ['HTML', '<html></html>'],
    ['two values', '{} {}'],
    ['an open object', '{"a":1'],
    ['an open string', '"a'],
    ['a trailing comma', '[1,]'],
    ['single quotes', "{'a':1}"],
    ['a comment', '{}//'],
    ['a leading zero', '01'],
    ['a point without digits', '1.'],
    ['a number without a whole part', '.5'],
    ['a plus sign', '+1'],
    ['a lone minus', '-'],
    ['NaN', 'NaN'],
    ['undefined', 'undefined'],
    ['a control character in a string', '"\u0001"'],
    ['a key with two values', '{"a":1,"a":2}'],
    ['a key with two values that differ in their digits', '{"a":1,"a":1.0}'],
    ['a key with two values deeper down', '[{"b":{"a":{"c":1},"a":{"c":2}}}]'],
  ])('refuses %s', (_what, text) => {
    expect(() => readJson(text)).toThrow(SyntaxError);
  });

  it.each(['[', '{"a":', '[{"a":['])('refuses a text that nests without end in %s', (opening) => {
    expect(() => readJson(opening.repeat(300_000))).toThrow(SyntaxError);
  });

  it.each([
    ['an object', ''],
    ['an object that only the exact parser can read', '"1":1,'],
  ])('reads a text that nests as deep as may be around %s, and none that nests once more', (_what, first) => {
    const nested = (times: number): string => `${'['.repeat(times)}{${first}"a":1}${']'.repeat(times)}`;
    expect(readJson(nested(MAX_JSON_DEPTH - 1))).toBeInstanceOf(Array);
    expect(() => readJson(nested(MAX_JSON_DEPTH))).toThrow(SyntaxError);
  });

  it('says nothing of what the text holds', () => {
    expect(() => readJson('{"name": canary}')).toThrow(/^not a JSON text$/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for a key like any other',
    (key) => {
      const value = readJson(`{"${key}": {"polluted": "yes"}}`);
      if (typeof value !== 'object' || value === null) throw new Error('not an object');
      expect(Object.keys(value)).toEqual([key]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );
});
