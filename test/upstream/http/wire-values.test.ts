import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { readJson } from '../../../src/json/read-json.ts';
import {
  decimalOf,
  instantOf,
  intOf,
  jsonObjectOf,
  nextTokenOf,
  optionalDecimal,
  optionalInstant,
  optionalInt,
} from '../../../src/upstream/http/wire-values.ts';

const num = (text: string) => new LosslessNumber(text);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function failure(read: () => unknown): UpstreamInvalidResponseError {
  try {
    read();
  } catch (error) {
    if (error instanceof UpstreamInvalidResponseError) return error;
    throw error;
  }
  throw new Error('the value was accepted');
}

describe('decimalOf', () => {
  it.each([
    ['0.1', '0.1'],
    ['123.45', '123.45'],
    ['1e-7', '0.0000001'],
    ['9007199254740993', '9007199254740993'],
    ['-0.005', '-0.005'],
  ])('reads %s digit for digit', (text, decimal) => {
    expect(decimalOf('MAPLE', num(text), 'invoice.total')).toBe(decimal);
  });

  it('names provider and field, and not the value, when the number is too long', () => {
    const error = failure(() => decimalOf('MAPLE', num('1e1000'), 'invoice.total'));
    expect(error.provider).toBe('MAPLE');
    expect(error.message).toContain('invoice.total');
    expect(error.message).not.toContain('1e1000');
  });

  it('leaves an absent optional number null', () => {
    expect(optionalDecimal('MAPLE', undefined, 'x')).toBeNull();
    expect(optionalDecimal('MAPLE', null, 'x')).toBeNull();
    expect(optionalDecimal('MAPLE', num('0'), 'x')).toBe('0');
  });
});

describe('intOf', () => {
  it.each([
    ['0', 0],
    ['-3', -3],
    ['3.0', 3],
    ['3e1', 30],
    ['2147483647', 2_147_483_647],
    ['-2147483648', -2_147_483_648],
  ])('reads the whole number %s', (text, int) => {
    expect(intOf('METRONOME', num(text), 'x')).toBe(int);
  });

  it.each(['0.5', '2147483648', '-2147483649', '9007199254740993', '1.00000000000000000001'])(
    'refuses %s',
    (text) => {
      expect(failure(() => intOf('METRONOME', num(text), 'plan.start')).message).toContain('plan.start');
    },
  );

  it('leaves an absent optional whole number null', () => {
    expect(optionalInt('METRONOME', undefined, 'x')).toBeNull();
    expect(optionalInt('METRONOME', num('7'), 'x')).toBe(7);
  });
});

describe('instantOf', () => {
  it('reads a timestamp with an offset as UTC, with all its digits', () => {
    expect(instantOf('MAPLE', '2026-05-01T00:00:00.123456-04:00', 'x')).toBe('2026-05-01T04:00:00.123456Z');
  });

  it.each(['2026-05-01', '', '2026-02-31T00:00:00Z'])('refuses %j naming the field', (text) => {
    expect(failure(() => instantOf('MAPLE', text, 'invoice.due_date')).message).toContain('invoice.due_date');
  });

  it('leaves an absent optional timestamp null and still refuses an empty one', () => {
    expect(optionalInstant('MAPLE', null, 'x')).toBeNull();
    expect(optionalInstant('MAPLE', undefined, 'x')).toBeNull();
    expect(failure(() => optionalInstant('MAPLE', '', 'x'))).toBeInstanceOf(UpstreamInvalidResponseError);
  });
});

describe('jsonObjectOf', () => {
  it.each([
    '{"a":0.1,"b":[1e-7,{"c":9007199254740993}],"d":null,"e":true,"f":"text"}',
    '{"__proto__":{"polluted":-0.005},"constructor":1.50}',
    '{}',
  ])('writes %s back digit for digit', (text) => {
    const read = readJson(text);
    if (!isObject(read)) throw new Error('not an object');
    expect(JSON.stringify(jsonObjectOf(read))).toBe(text);
  });

  it('is empty for an absent object', () => {
    expect(jsonObjectOf(null)).toEqual({});
    expect(jsonObjectOf(undefined)).toEqual({});
  });
});

describe('nextTokenOf', () => {
  it('takes an empty, a null and a missing token for the end', () => {
    expect([nextTokenOf(''), nextTokenOf(null), nextTokenOf(undefined), nextTokenOf('t')]).toEqual([
      null,
      null,
      null,
      't',
    ]);
  });
});
