import type { MapleChargeInput } from '../../../src/domain/mutation/maple-charge-input.ts';
import type { MapleItemInput } from '../../../src/domain/mutation/maple-item-input.ts';
import type { MetronomeChargeInput } from '../../../src/domain/mutation/metronome-charge-input.ts';
import type { MoneyInput } from '../../../src/domain/mutation/money-input.ts';
import { isCurrencyCode } from '../../../src/money/currency.ts';
import { parseDecimal, type Decimal } from '../../../src/money/decimal.ts';
import { parseInstant, type Instant } from '../../../src/time/instant.ts';

/** A Decimal as the scalar gives it. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`${text} is refused`);
  return value;
}

/** A DateTime as the scalar gives it. */
export function instant(text: string): Instant {
  const value = parseInstant(text);
  if (value === null) throw new Error(`${text} is refused`);
  return value;
}

/** An amount of a currency. */
export function money(amount: string, currency = 'USD'): MoneyInput {
  if (!isCurrencyCode(currency)) throw new Error(`${currency} is refused`);
  return { amount: decimal(amount), currency };
}

/** An amount of a custom pricing unit. */
export function units(amount: string, pricingUnitId = '7d3f0a10-0000-4000-8000-000000000001'): MoneyInput {
  return { amount: decimal(amount), pricingUnitId };
}

/** A charge of Metronome that is as it should be. */
export function metronomeInput(changes: Partial<MetronomeChargeInput> = {}): MetronomeChargeInput {
  return {
    chargeId: 'e0a4b3c2-1d2e-4f3a-8b4c-5d6e7f8a9b05',
    customerPlanId: '9a7c2f44-3f0e-4b57-9d36-0f9d1c0d2e03',
    invoiceStart: instant('2026-06-01T00:00:00Z'),
    unitPrice: money('2.50'),
    quantity: decimal('1'),
    description: 'Onboarding',
    ...changes,
  };
}

/** An item of Maple by its product pricing that is as it should be. */
export function pricedItem(changes: Partial<MapleItemInput> = {}): MapleItemInput {
  return { quantity: decimal('1'), productPricingId: 'price_onboarding_usd', ...changes };
}

/** An item of Maple with a price of its own. */
export function customItem(unitPrice: MoneyInput, changes: Partial<MapleItemInput> = {}): MapleItemInput {
  const customPrice = { productId: 'prod_services', unitPrice, description: 'Training' };
  return { quantity: decimal('1'), customPrice, ...changes };
}

/** Charges of Maple that are as they should be. */
export function mapleInput(changes: Partial<MapleChargeInput> = {}): MapleChargeInput {
  return { timing: 'NEXT', items: [pricedItem()], ...changes };
}
