import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import {
  fiatUnitOf,
  moneyFrom,
  optionalMoney,
  requiredMoney,
} from '../../../src/upstream/maple/map-money.ts';
import { money } from './wire-rows.ts';

describe('moneyFrom', () => {
  it.each([
    ['1230', 'USD', '12.30', '1230'],
    ['1230', 'JPY', '1230', '1230'],
    ['1230', 'KWD', '1.230', '1230'],
    ['0', 'EUR', '0.00', '0'],
    ['-5', 'EUR', '-0.05', '-5'],
    ['123.45', 'USD', '1.2345', '123.45'],
    ['-0.005', 'USD', '-0.00005', '-0.005'],
    ['1e-7', 'USD', '0.000000001', '0.0000001'],
    ['9007199254740993', 'EUR', '90071992547409.93', '9007199254740993'],
  ])('reads %s of %s in the minor unit as %s', (cents, currency, amount, minorAmount) => {
    const unit = { kind: 'FIAT', name: currency, currency, providerId: null };
    expect(moneyFrom(money(cents, currency), 'invoice.total')).toEqual({ amount, minorAmount, unit });
  });

  it.each(['usd', 'CREDITS', ''])('names the field of the unknown currency %j', (currency) => {
    expect(() => moneyFrom(money('1', currency), 'invoice.total')).toThrow(UpstreamInvalidResponseError);
    expect(() => moneyFrom(money('1', currency), 'invoice.total')).toThrow('invoice.total.currency');
  });

  it('names the field of a number beyond reason', () => {
    expect(() => moneyFrom(money('1e999'), 'invoice.due')).toThrow('invoice.due.value_in_cents');
  });
});

describe('money that may be absent', () => {
  it.each([null, undefined])('is null where the upstream gives %s', (absent) => {
    expect(optionalMoney(absent, 'invoice.due')).toBeNull();
  });

  it.each([null, undefined])('is an error naming the field where it is required and %s', (absent) => {
    expect(() => requiredMoney(absent, 'invoice.total')).toThrow(UpstreamInvalidResponseError);
    expect(() => requiredMoney(absent, 'invoice.total')).toThrow('invoice.total');
  });
});

describe('fiatUnitOf', () => {
  it.each([null, undefined, '', 'usd', 'POINTS'])('has no unit for %j', (currency) => {
    expect(fiatUnitOf(currency)).toBeNull();
  });
});
