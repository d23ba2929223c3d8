import { minorDigits } from './currency.ts';
import { addDecimals, inMajorUnits, movePoint, padFraction, type Decimal } from './decimal.ts';
import { unitKey, type FiatUnit, type PricingUnit } from './pricing-unit.ts';

/** An exact amount in one unit. */
export interface Money {
  /** Major units for fiat, with at least the currency's digits (`12.30`); custom units as they are. */
  readonly amount: Decimal;
  readonly unit: PricingUnit;
  /** Fiat only: the same amount in the currency's ISO 4217 minor unit, possibly fractional. */
  readonly minorAmount: Decimal | null;
}

/** Money from an amount in major units (fiat) or in units (custom). */
export function moneyOf(amount: Decimal, unit: PricingUnit): Money {
  if (unit.kind === 'CUSTOM') return { amount, unit, minorAmount: null };
  const digits = minorDigits(unit.currency);
  // In fiat the currency decides how many zeros end an amount, and not how the upstream happened to write it.
  return { amount: padFraction(movePoint(amount, 0), digits), unit, minorAmount: movePoint(amount, digits) };
}

/** Money from an amount in the currency's ISO 4217 minor unit: 1230 of USD is `12.30`, 1230 of JPY is `1230`. */
export function moneyOfMinor(minorAmount: Decimal, unit: FiatUnit): Money {
  const digits = minorDigits(unit.currency);
  return { amount: inMajorUnits(minorAmount, digits), unit, minorAmount: movePoint(minorAmount, 0) };
}

/**
 * One sum per unit, in the order in which the units first appear. Fiat is summed by currency whatever provider it
 * comes from, and is then in no provider's unit; custom units are summed by id and never converted.
 */
export function sumByUnit(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, { amount: Decimal; unit: PricingUnit }>();
  for (const { amount, unit } of amounts) {
    const key = unitKey(unit);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { amount, unit: sumUnit(unit) });
    else sum.amount = addDecimals(sum.amount, amount);
  }
  return [...sums.values()].map(({ amount, unit }) => moneyOf(amount, unit));
}

function sumUnit(unit: PricingUnit): PricingUnit {
  return unit.kind === 'FIAT' ? { ...unit, name: unit.currency, providerId: null } : unit;
}
