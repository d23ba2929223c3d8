import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { LosslessNumber, parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { MAX_JSON_DEPTH } from '../../src/json/json-depth.ts';
import { digitsOf, isExactNumber } from '../../src/json/json-number.ts';
import { nativeJson } from '../../src/json/native-json.ts';
import { readExactJson, readJson } from '../../src/json/read-json.ts';

const spaces = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r', '  ');
const numbers = fc.oneof(
  fc.integer().map(String),
  fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,24})?([eE][-+]?\d{1,3})?$/),
  fc.constantFrom('-0', '0.0', '1.50', '1E400', '9007199254740993', '0.0000001', '01', '1.', '-'),
);
/** As they stand between quotes: much of it looks like members and numbers. */
const strings = fc
  .array(
    fc.constantFrom(
      'a',
      'é',
      '😀',
      ':',
      ' : ',
      '\\"',
      '\\":',
      '\\\\',
      '\\u0022',
      ':1.50',
      '{',
      '[1,',
      '2026-06-01T00:00:00.000Z',
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const names = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd', '\\u0061', '', '0', '12', '1a', '__proto__', 'constructor', 'toString'),
  strings,
);

const { value: texts } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    numbers,
    strings.map((text) => `"${text}"`),
    fc.constantFrom('true', 'false', 'null'),
    fc.array(between(tie('value')), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc.array(member(tie('value')), { maxLength: 5 }).map((members) => `{${members.join(',')}}`),
    fc.array(member(numbers), { maxLength: 5 }).map((members) => `{${members.join(',')}}`),
  ),
}));

function between(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(spaces, text, spaces).map((parts) => parts.join(''));
}

function member(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(between(names.map((name) => `"${name}"`)), between(value)).map((parts) => parts.join(':'));
}

/** Texts with a character put in, or cut off somewhere. */
const spoiled = fc
  .tuple(texts, fc.nat(), fc.constantFrom('"', ',', ':', '}', ']', '0', '\\', '\u0001', 'e', null))
  .map(([text, at, char]) => {
    const place = at % (text.length + 1);
    return char === null ? text.slice(0, place) : `${text.slice(0, place)}${char}${text.slice(place)}`;
  });

/** The same tree with every number as its digits, whatever it is. */
function inDigits(value: unknown): unknown {
  if (isExactNumber(value)) return new LosslessNumber(digitsOf(value));
  if (Array.isArray(value)) return value.map(inDigits);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, inDigits(member)] as const);
  return Object.fromEntries(entries);
}

/** What comes of reading, or that the text is refused. */
function outcome(read: (text: string) => unknown, text: string): unknown {
  try {
    return { value: read(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
}

describe('nativeJson', () => {
  it('reads an escaped name as it is, whatever names were read before', () => {
    readJson('{"a":1,"\\\\":2}');
    expect(readJson('{"a":1,"\\u0062":2}')).toStrictEqual(parse('{"a":1,"b":2}'));
  });

  it('makes no difference to what readJson gives and refuses', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: texts }, spoiled), (text) => {
        // Looks at prototypes themselves, and not at members called constructor.
        expect(isDeepStrictEqual(outcome(readJson, text), outcome(parse, text))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('makes no difference to the digits that readExactJson gives, and to what it refuses', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: texts }, spoiled), (text) => {
        const exact = outcome((source) => inDigits(readExactJson(source)), text);
        expect(
          isDeepStrictEqual(
            exact,
            outcome((source) => inDigits(parse(source)), text),
          ),
        ).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves numbers plain where JavaScript writes them with the digits of the text, and only there', () => {
    const text =
      '{"a":29360,"b":[{"c":3301.32,"d":1e-7}],"e":999999999999999,"f":-5,"g":0,' +
      '"h":9007199254740993,"i":1.50,"j":-0,"k":0.0000001,"l":1E5,"m":1e400,"n":1e-400,"o":0.1000000000000000055}';
    const kept = (digits: string): LosslessNumber => new LosslessNumber(digits);
    expect(nativeJson(text, 'exact')).toStrictEqual({
      a: 29360,
      b: [{ c: 3301.32, d: 1e-7 }],
      e: 999999999999999,
      f: -5,
      g: 0,
      h: kept('9007199254740993'),
      i: kept('1.50'),
      j: kept('-0'),
      k: kept('0.0000001'),
      l: kept('1E5'),
      m: kept('1e400'),
      n: kept('1e-400'),
      o: kept('0.1000000000000000055'),
    });
  });

  it.each([
    [
      'an object without numbers',
      '{"id":"u-1","at":"2026-06-01T00:00:00.000Z","tags":["x:1","y"],"none":null}',
    ],
    [
      'numbers of every form',
      '{"a":0.1,"b":-0,"c":1e-7,"d":9007199254740993.10,"e":{"f":1.50},"g":[{"h":1E400}]}',
    ],
    ['a text with white space', '{\n  "a" : 1.0 ,\r\n\t"b": [ { "c":\t2 } ]\n}\n'],
    ['names that begin with a digit', '{"2714e483-4ff1-48e4-9e25-ac732e8f24f2":{"cost":15463.0408},"3d":{}}'],
    ['__proto__ for a name', '{"__proto__":{"a":1.0},"b":{"__proto__":2.0}}'],
    ['a string', '"a: 1.50"'],
  ])('reads %s', (_what, text) => {
    expect(nativeJson(text, 'none')).toStrictEqual(parse(text));
    expect(inDigits(nativeJson(text, 'exact'))).toStrictEqual(inDigits(parse(text)));
  });

  it.each([
    ['a key that is given twice', '{"a":1,"b":2,"a":1}'],
    ['a key that is given twice in two spellings', '{"a":"x","\\u0061":"x"}'],
    ['a number on its own', '1.50'],
    ['a number in a list', '{"a":[1.50]}'],
    ['names that JavaScript puts first, beside a number that it rounds', '{"b":1.0,"0":2}'],
    ['a string that looks like a member', '{"a":"\\":1.0","b":2.0}'],
    ['a name with a backslash', '{"a":1,"\\\\":2}'],
    ['many levels', `${'['.repeat(MAX_JSON_DEPTH)}{}${']'.repeat(MAX_JSON_DEPTH)}`],
  ])('leaves %s to the exact parser', (_what, text) => {
    expect(nativeJson(text, 'none')).toBeUndefined();
    expect(nativeJson(text, 'exact')).toBeUndefined();
  });
});
