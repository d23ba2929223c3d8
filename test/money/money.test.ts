import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCurrencyCode, minorDigits, type CurrencyCode } from '../../src/money/currency.ts';
import { parseDecimal, type Decimal } from '../../src/money/decimal.ts';
import { moneyOf, moneyOfMinor, sumByUnit } from '../../src/money/money.ts';
import { unitKey, type CustomUnit, type FiatUnit } from '../../src/money/pricing-unit.ts';

function currency(code: string): CurrencyCode {
  if (!isCurrencyCode(code)) throw new Error(`${code} is no currency`);
  return code;
}

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`${text} is refused`);
  return value;
}

function fiat(code: string, changes: Partial<FiatUnit> = {}): FiatUnit {
  return { kind: 'FIAT', name: code, currency: currency(code), providerId: null, ...changes };
}

function custom(providerId: string): CustomUnit {
  return { kind: 'CUSTOM', name: 'Credits', currency: null, providerId };
}

describe('currencies', () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['CLP', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('%s has %i digits', (code, digits) => {
    expect(minorDigits(currency(code))).toBe(digits);
  });

  it.each(['usd', 'US', 'USDX', '', 'ZZZ', 'toString', '__proto__', ' USD'])('%j is none', (code) => {
    expect(isCurrencyCode(code)).toBe(false);
  });
});

describe('money in major units', () => {
  it.each([
    ['12.3', 'USD', '12.30', '1230'],
    ['12', 'EUR', '12.00', '1200'],
    ['0.005', 'USD', '0.005', '0.5'],
    ['-0.005', 'USD', '-0.005', '-0.5'],
    ['0', 'USD', '0.00', '0'],
    ['1230', 'JPY', '1230', '1230'],
    ['0.5', 'JPY', '0.5', '0.5'],
    ['1.5', 'KWD', '1.500', '1500'],
    ['9007199254740993.01', 'USD', '9007199254740993.01', '900719925474099301'],
    ['1e-7', 'USD', '0.0000001', '0.00001'],
  ])('of %s %s is %s, or %s in the minor unit', (text, code, amount, minorAmount) => {
    expect(moneyOf(decimal(text), fiat(code))).toEqual({ amount, minorAmount, unit: fiat(code) });
  });

  it('leaves custom units as they are', () => {
    expect(moneyOf(decimal('12.3'), custom('c'))).toEqual({
      amount: '12.3',
      minorAmount: null,
      unit: custom('c'),
    });
  });

  it('does not scale by the name of the unit', () => {
    expect(moneyOf(decimal('1'), fiat('USD', { name: 'USD (cents)' })).minorAmount).toBe('100');
  });
});

describe('money in minor units', () => {
  it.each([
    ['1230', 'USD', '12.30'],
    ['1', 'USD', '0.01'],
    ['0.1', 'USD', '0.001'],
    ['-5', 'EUR', '-0.05'],
    ['1230', 'JPY', '1230'],
    ['1230', 'KWD', '1.230'],
    ['9007199254740993', 'USD', '90071992547409.93'],
  ])('%s of %s is %s', (text, code, amount) => {
    const money = moneyOfMinor(decimal(text), fiat(code));
    expect(money.amount).toBe(amount);
    expect(money.minorAmount).toBe(decimal(text));
  });
});

describe('sumByUnit', () => {
  it('adds nothing that is in different units, and keeps the order of the units', () => {
    const amounts = [
      moneyOf(decimal('0.1'), fiat('USD')),
      moneyOf(decimal('5'), custom('a')),
      moneyOf(decimal('1'), fiat('EUR')),
      moneyOf(decimal('0.2'), fiat('USD', { name: 'USD (cents)', providerId: 'u' })),
      moneyOf(decimal('7'), custom('b')),
      moneyOf(decimal('6'), custom('a')),
    ];
    expect(sumByUnit(amounts).map(({ amount, unit }) => [amount, unitKey(unit)])).toEqual([
      ['0.30', 'FIAT USD'],
      ['11', 'CUSTOM a'],
      ['1.00', 'FIAT EUR'],
      ['7', 'CUSTOM b'],
    ]);
  });

  it('names fiat sums by their currency, since they belong to no provider', () => {
    const [sum] = sumByUnit([moneyOf(decimal('1'), fiat('USD', { name: 'USD (cents)', providerId: 'u' }))]);
    expect(sum?.unit).toEqual(fiat('USD'));
    expect(sumByUnit([moneyOf(decimal('1'), custom('a'))])[0]?.unit).toEqual(custom('a'));
  });

  it('gives the minor amount of the sum, and nothing for nothing', () => {
    const amounts = [moneyOfMinor(decimal('10'), fiat('KWD')), moneyOfMinor(decimal('-10'), fiat('KWD'))];
    expect(sumByUnit(amounts)).toEqual([{ amount: '0.000', minorAmount: '0', unit: fiat('KWD') }]);
    expect(sumByUnit([])).toEqual([]);
  });

  it('is exact', () => {
    const cents = fc.array(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(cents, (parts) => {
        const [sum] = sumByUnit(parts.map((part) => moneyOfMinor(decimal(String(part)), fiat('USD'))));
        expect(sum?.minorAmount).toBe(String(parts.reduce((total, part) => total + part, 0n)));
      }),
    );
  });
});
