import Big from 'big.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharge } from '../../../src/domain/mutation/check-charge.ts';
import { customItem, decimal, mapleInput, metronomeInput, money, units } from './charge-inputs.ts';

const MINOR_DIGITS = { USD: 2, EUR: 2, JPY: 0, KWD: 3 } as const;
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');

/** A decimal with its point anywhere among its digits, and zeros at its end. */
function decimalText(digits: fc.Arbitrary<bigint>): fc.Arbitrary<string> {
  return fc
    .record({ digits, places: fc.integer({ min: 0, max: 25 }), zeros: fc.integer({ min: 0, max: 5 }) })
    .map(({ digits, places, zeros }) => {
      const text = new Big(digits.toString()).times(`1e-${places}`).toFixed();
      return `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(zeros)}`.replace(/\.$/, '');
    });
}
const longNumber = decimalText(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }));
const shortNumber = decimalText(fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }));
const anyNumber = fc.oneof(longNumber, shortNumber);

/** Expects a number to be equal to another, in its shortest spelling. */
function expectSame(text: string, value: Big): void {
  expect(text).toBe(value.toFixed());
}

/** Expects a number to come back from a parser that reads doubles, which knows 15 digits of each at least. */
function expectSurvivesDoubles(value: Big): void {
  const double = Number(value.toFixed());
  expect(new Big(double.toPrecision(15)).eq(value)).toBe(true);
}

function metronomeOf(amount: string, quantity: string, unit: string) {
  const unitPrice = unit === 'tokens' ? units(amount) : money(amount, unit);
  const metronome = metronomeInput({ unitPrice, quantity: decimal(quantity) });
  const charge = checkCharge({ metronome }, 'METRONOME', 'charge');
  return 'provider' in charge && charge.provider === 'METRONOME' ? charge : null;
}

function mapleOf(amount: string, quantity: string, code: string) {
  const maple = mapleInput({ items: [customItem(money(amount, code), { quantity: decimal(quantity) })] });
  const charge = checkCharge({ maple }, 'MAPLE', 'charge');
  const item = 'provider' in charge && charge.provider === 'MAPLE' ? charge.items[0] : undefined;
  return item?.price.kind === 'CUSTOM' ? { ...item, unitPrice: item.price.unitPrice } : null;
}

describe('the numbers of a charge', () => {
  it('that are accepted for Metronome keep their value, and would through doubles', () => {
    const unit = fc.oneof(currency, fc.constant('tokens'));
    fc.assert(
      fc.property(anyNumber, anyNumber, unit, (amount, quantity, unit) => {
        const charge = metronomeOf(amount, quantity, unit);
        if (charge === null) return;
        const [price, count] = [new Big(amount), new Big(quantity)];
        expect(price.gte(0) && count.gt(0)).toBe(true);
        expectSame(charge.unitPrice.amount, price);
        expectSame(charge.quantity, count);
        expectSurvivesDoubles(price.times(unit === 'USD' ? 100 : 1));
        expectSurvivesDoubles(count);
      }),
      { numRuns: 2000 },
    );
  });

  it('that are accepted for Maple keep their value, and are whole minor units', () => {
    const short = decimalText(fc.bigInt({ min: -(10n ** 7n), max: 10n ** 17n })).map((text) =>
      new Big(text).round(4).toFixed(),
    );
    fc.assert(
      fc.property(fc.oneof(short, anyNumber), anyNumber, currency, (amount, quantity, code) => {
        const item = mapleOf(amount, quantity, code);
        if (item === null) return;
        const [price, count] = [new Big(amount), new Big(quantity)];
        expect(price.gte(0) && count.gt(0)).toBe(true);
        expectSame(item.unitPrice.amount, price);
        expectSame(item.quantity, count);
        const minor = price.times(`1e${MINOR_DIGITS[code]}`);
        expect(minor.eq(minor.round(0))).toBe(true);
        expectSurvivesDoubles(minor);
        expectSurvivesDoubles(count);
      }),
      { numRuns: 2000 },
    );
  });

  it('of up to 15 digits are all accepted for Metronome', () => {
    fc.assert(
      fc.property(shortNumber, shortNumber, (amount, quantity) => {
        expect(metronomeOf(amount, quantity, 'tokens')).not.toBeNull();
        expect(metronomeOf(new Big(amount).times('0.01').toFixed(), quantity, 'USD')).not.toBeNull();
      }),
    );
  });

  it('of up to 15 digits are all accepted for Maple, counted in minor units', () => {
    const minorAmount = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });
    fc.assert(
      fc.property(minorAmount, shortNumber, currency, (minor, quantity, code) => {
        const amount = new Big(minor.toString()).times(`1e-${MINOR_DIGITS[code]}`).toFixed();
        expect(mapleOf(amount, quantity, code)).not.toBeNull();
      }),
    );
  });
});
