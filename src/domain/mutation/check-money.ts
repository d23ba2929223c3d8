import { minorDigits } from '../../money/currency.ts';
import { compareDecimals, movePoint, ZERO, type Decimal } from '../../money/decimal.ts';
import { checkSentDigits } from './check-number.ts';
import { checkUuid } from './check-text.ts';
import { InvalidInputFault } from './invalid-input-fault.ts';
import type { MoneyInput } from './money-input.ts';
import type { NewFiat, NewMoney } from './new-charge.ts';

/** `USD (cents)`, the same in every account (metronome.md section 1.8). */
const USD_CENTS_ID = '2714e483-4ff1-48e4-9e25-ac732e8f24f2';

/** What a negative amount would mean here, for the message. */
export type NegativeMeaning = 'a credit is no charge' | 'it would be a surcharge and no discount';

/** An amount that Metronome can count: cents of USD, whole units of all else (metronome.md section 1.8). */
export function checkMetronomeMoney(input: MoneyInput, field: string): NewMoney {
  const money = checkUnit(input, field);
  checkSign(money.amount, field, 'a credit is no charge');
  const isUsd = money.kind === 'FIAT' && money.currency === 'USD';
  checkSentDigits(movePoint(money.amount, isUsd ? 2 : 0), `${field}.amount`);
  return money;
}

/** An amount that Maple can count: whole minor units by ISO 4217 (maple.md section 1.1). */
export function checkMapleMoney(input: MoneyInput, field: string, negative: NegativeMeaning): NewFiat {
  const money = checkUnit(input, field);
  if (money.kind === 'CUSTOM') {
    throw new InvalidInputFault(`${field}.pricingUnitId`, 'is for Metronome; Maple counts currencies only');
  }
  checkSign(money.amount, field, negative);
  const digits = minorDigits(money.currency);
  const minorAmount = movePoint(money.amount, digits);
  if (minorAmount.includes('.')) {
    const complaint = `must be whole minor units: ${money.currency} has ${digits} digits after the point`;
    throw new InvalidInputFault(`${field}.amount`, complaint);
  }
  checkSentDigits(minorAmount, `${field}.amount`);
  return money;
}

/** The amount in its shortest spelling, and what it counts. */
function checkUnit({ amount, currency, pricingUnitId }: MoneyInput, field: string): NewMoney {
  const shortest = movePoint(amount, 0);
  const hasCurrency = currency !== null && currency !== undefined;
  const hasPricingUnit = pricingUnitId !== null && pricingUnitId !== undefined;
  if (hasCurrency === hasPricingUnit) {
    throw new InvalidInputFault(field, 'must have exactly one of currency and pricingUnitId');
  }
  if (hasCurrency) return { kind: 'FIAT', amount: shortest, currency };
  return { kind: 'CUSTOM', amount: shortest, pricingUnitId: checkCustomUnit(pricingUnitId ?? '', field) };
}

function checkCustomUnit(pricingUnitId: string, field: string): string {
  const id = checkUuid(pricingUnitId, `${field}.pricingUnitId`);
  if (id !== USD_CENTS_ID) return id;
  throw new InvalidInputFault(`${field}.pricingUnitId`, 'is that of US dollars: give currency "USD" instead');
}

function checkSign(amount: Decimal, field: string, negative: NegativeMeaning): void {
  if (compareDecimals(amount, ZERO) >= 0) return;
  throw new InvalidInputFault(`${field}.amount`, `must not be negative: ${negative}`);
}
