import Big from 'big.js';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { decimalOf, isJsonObject, parseJson, toJson } from '../../../src/sandbox/http/json.ts';

describe('lossless JSON of the sandbox', () => {
  it.each(['0.1', '1e-7', '9007199254740993', '-0.005', '123.45', '0', '12345678901234567890.123456789'])(
    'writes the decimal %s digit for digit',
    (digits) => {
      expect(toJson({ amount: new Big(digits) })).toBe(`{"amount":${digits}}`);
      expect(toJson(parseJson(`[${digits}]`))).toBe(`[${digits}]`);
      expect(decimalOf(parseJson(digits))?.eq(new Big(digits))).toBe(true);
    },
  );

  it('reads numbers that a float holds as plain numbers and keeps others whole', () => {
    expect(parseJson('[0.1,9007199254740993]')).toEqual([0.1, new LosslessNumber('9007199254740993')]);
  });

  it('leaves out undefined members and writes null', () => {
    expect(toJson({ a: undefined, b: null })).toBe('{"b":null}');
    expect(toJson(undefined)).toBe('null');
  });

  it('tells objects from everything else', () => {
    const values = [{}, [], null, 'text', 1, new LosslessNumber('1')];
    expect(values.map(isJsonObject)).toEqual([true, false, false, false, false, false]);
    expect(decimalOf('1')).toBeUndefined();
  });
});
