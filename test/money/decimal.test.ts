import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  digitCount,
  movePoint,
  inMajorUnits,
  padFraction,
  parseDecimal,
  type Decimal,
} from '../../src/money/decimal.ts';

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`${text} is refused`);
  return value;
}

/** A whole number of so many decimal places: BigInt arithmetic is what decimals are checked by. */
interface Scaled {
  readonly digits: bigint;
  readonly places: number;
}

const scaled: fc.Arbitrary<Scaled> = fc.record({
  digits: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  places: fc.integer({ min: 0, max: 30 }),
});

/** Digit for digit, with the trailing zeros that its places give it. */
function textOf({ digits, places }: Scaled): string {
  const all = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const point = all.length - places;
  return `${digits < 0n ? '-' : ''}${all.slice(0, point)}${places === 0 ? '' : `.${all.slice(point)}`}`;
}

function shortest(text: string): string {
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}

describe('parseDecimal', () => {
  it.each([
    ['0.1', '0.1'],
    ['123.45', '123.45'],
    ['1e-7', '0.0000001'],
    ['9007199254740993', '9007199254740993'],
    ['-0.005', '-0.005'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['0e5', '0'],
    ['1.50', '1.50'],
    ['-0.00', '0'],
    ['100', '100'],
    ['1E3', '1000'],
    ['1e+3', '1000'],
    ['1.5e-2', '0.015'],
    ['-12.5e1', '-125'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1e99', `1${'0'.repeat(99)}`],
    ['1e-100', `0.${'0'.repeat(99)}1`],
    [`-${'9'.repeat(100)}.${'9'.repeat(100)}`, `-${'9'.repeat(100)}.${'9'.repeat(100)}`],
  ])('reads %s', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected);
  });

  it.each([
    '1e100',
    '1e-101',
    '1e1000000000',
    '-1e-1000000000',
    `${'9'.repeat(99)}e5`,
    '9'.repeat(101),
    `0.${'0'.repeat(100)}1`,
    '9'.repeat(1_000_000),
  ])('refuses more than 100 digits on a side, %#', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it.each([
    '',
    ' ',
    '1 ',
    ' 1',
    '+1',
    '.5',
    '5.',
    '1e',
    'e1',
    '1e1.5',
    '1,5',
    '1_000',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '1\n',
    '٣',
    '1.2.3',
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('gives every plain number digit for digit', () => {
    fc.assert(
      fc.property(scaled, (number) => {
        const text = textOf(number);
        expect(decimal(text)).toBe(/^-[0.]+$/.test(text) ? '0' : text);
      }),
    );
  });

  it('gives the shortest form of a number with an exponent', () => {
    fc.assert(
      fc.property(scaled, (number) => {
        expect(decimal(`${number.digits}e-${number.places}`)).toBe(shortest(textOf(number)));
      }),
    );
  });
});

describe('decimal arithmetic', () => {
  it('adds exactly', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        const places = Math.max(a.places, b.places);
        const sum = a.digits * 10n ** BigInt(places - a.places) + b.digits * 10n ** BigInt(places - b.places);
        expect(addDecimals(decimal(textOf(a)), decimal(textOf(b)))).toBe(
          shortest(textOf({ digits: sum, places })),
        );
      }),
    );
  });

  it('compares exactly', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        const [left, right] = [a.digits * 10n ** BigInt(b.places), b.digits * 10n ** BigInt(a.places)];
        const expected = left < right ? -1 : Number(left > right);
        expect(Math.sign(compareDecimals(decimal(textOf(a)), decimal(textOf(b))))).toBe(expected);
      }),
    );
    expect(compareDecimals(decimal('0.1'), decimal('0.10'))).toBe(0);
  });

  it('moves the point exactly, there and back', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 0, max: 6 }), (number, places) => {
        const value = decimal(textOf(number));
        const moved = movePoint(value, places);
        expect(moved).toBe(shortest(textOf({ ...number, digits: number.digits * 10n ** BigInt(places) })));
        expect(movePoint(moved, -places)).toBe(shortest(value));
      }),
    );
  });

  it.each([
    ['0.005', 2, '0.5'],
    ['12.345', 2, '1234.5'],
    ['-0.01', 2, '-1'],
    ['0', 2, '0'],
    ['1', -2, '0.01'],
    ['9007199254740993', -2, '90071992547409.93'],
    ['5', 0, '5'],
  ])('moves the point of %s by %i places', (text, places, expected) => {
    expect(movePoint(decimal(text), places)).toBe(expected);
  });

  it.each([
    ['12', 2, '12.00'],
    ['12.3', 2, '12.30'],
    ['-0.5', 3, '-0.500'],
    ['12.345', 2, '12.345'],
    ['12', 0, '12'],
  ])('pads %s to %i digits at least', (text, digits, expected) => {
    expect(padFraction(decimal(text), digits)).toBe(expected);
  });

  it('keeps the value when it pads', () => {
    fc.assert(
      fc.property(scaled, fc.nat({ max: 6 }), (number, digits) => {
        const value = decimal(textOf(number));
        expect(compareDecimals(padFraction(value, digits), value)).toBe(0);
      }),
    );
  });
});

describe('inMajorUnits', () => {
  it.each([
    ['1230', 2, '12.30'],
    ['-1230', 2, '-12.30'],
    ['100', 2, '1.00'],
    ['12', 2, '0.12'],
    ['-12', 2, '-0.12'],
    ['0', 2, '0.00'],
    ['1230', 0, '1230'],
    ['1230.5', 2, '12.305'],
    ['1230.50', 2, '12.305'],
  ])('puts the point into %s with %i digits', (text, digits, expected) => {
    expect(inMajorUnits(decimal(text), digits)).toBe(expected);
  });

  it('moves the point, and keeps the digits of the currency', () => {
    const values = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 4 }));
    fc.assert(
      fc.property(values, ([value, digits]) => {
        const amount = decimal(String(value));
        expect(inMajorUnits(amount, digits)).toBe(padFraction(movePoint(amount, -digits), digits));
      }),
    );
  });
});

describe('digitCount', () => {
  it.each([
    ['0', 0],
    ['0.000', 0],
    ['1', 1],
    ['-12', 2],
    ['0.01230', 3],
    ['12.50', 3],
    ['1000', 4],
    ['1000.001', 7],
    ['100000000000000.5', 16],
  ])('of %s is %d', (text, count) => {
    expect(digitCount(decimal(text))).toBe(count);
  });
});
