import { describe, expect, it } from 'vitest';
import { metronomeMoney, optionalMoney, pricingUnitOf } from '../../../src/upstream/metronome/map-money.ts';
import { euros, num, tokens, usdCents } from './wire-builders.ts';

const unit = (name: string, id = 'unit-1') => ({ id, name });

describe('pricingUnitOf', () => {
  it('knows US dollars by the id that every account shares, whatever the name', () => {
    expect(pricingUnitOf(unit('Dollars', usdCents.id))).toEqual({
      kind: 'FIAT',
      name: 'Dollars',
      currency: 'USD',
      providerId: usdCents.id,
    });
  });

  it('knows US dollars by their name, whatever the id', () => {
    expect(pricingUnitOf(unit('USD (cents)'))).toEqual({
      kind: 'FIAT',
      name: 'USD (cents)',
      currency: 'USD',
      providerId: 'unit-1',
    });
  });

  it.each(['EUR', 'JPY', 'KWD', 'TRY'])('takes the name %s for a currency', (name) => {
    expect(pricingUnitOf(unit(name))).toEqual({ kind: 'FIAT', name, currency: name, providerId: 'unit-1' });
  });

  it.each(['compute tokens', 'eur', 'EUR (cents)', ''])('takes the name %j for a custom unit', (name) => {
    expect(pricingUnitOf(unit(name))).toEqual({ kind: 'CUSTOM', name, currency: null, providerId: 'unit-1' });
  });
});

describe('metronomeMoney', () => {
  it.each([
    ['0.1', '0.001', '0.1'],
    ['123.45', '1.2345', '123.45'],
    ['1e-7', '0.000000001', '0.0000001'],
    ['9007199254740993', '90071992547409.93', '9007199254740993'],
    ['-0.005', '-0.00005', '-0.005'],
    ['50', '0.50', '50'],
    ['0', '0.00', '0'],
  ])('reads %s US cents as %s dollars', (cents, amount, minorAmount) => {
    expect(metronomeMoney(num(cents), usdCents, 'x')).toMatchObject({ amount, minorAmount });
  });

  it('reads dollars by the shared id in cents too', () => {
    expect(metronomeMoney(num('250'), unit('Dollars', usdCents.id), 'x').amount).toBe('2.50');
  });

  it.each([
    ['EUR', '10', '10.00', '1000'],
    ['EUR', '0.1', '0.10', '10'],
    ['JPY', '123.45', '123.45', '123.45'],
    ['KWD', '1', '1.000', '1000'],
    ['USD', '10', '10.00', '1000'],
  ])('reads %s %s in whole units', (name, value, amount, minorAmount) => {
    expect(metronomeMoney(num(value), unit(name), 'x')).toMatchObject({ amount, minorAmount });
  });

  it.each(['9007199254740993', '0.0000001', '-0.005', '7'])(
    'leaves %s of a custom unit as it is',
    (value) => {
      expect(metronomeMoney(num(value), tokens, 'x')).toMatchObject({ amount: value, minorAmount: null });
    },
  );

  it('names the field of a number that is too long', () => {
    expect(() => metronomeMoney(num('1e500'), euros, 'invoice.total')).toThrow(/invoice\.total/);
  });

  it('keeps an absent amount null and a zero one zero', () => {
    expect(optionalMoney(null, usdCents, 'x')).toBeNull();
    expect(optionalMoney(undefined, usdCents, 'x')).toBeNull();
    expect(optionalMoney(num('0'), usdCents, 'x')?.amount).toBe('0.00');
  });
});
