import Big from 'big.js';
import type { InvoiceSubLineItem, PlanChargePrice } from './wire-types.ts';

/** What a quantity costs under tiered prices. */
export interface TieredAmount {
  readonly tiers: NonNullable<InvoiceSubLineItem['tiers']>;
  readonly subtotal: Big;
}

/**
 * Prices `quantity` when `counted` has already been counted in the current tier window, each unit by the tier it falls
 * into. Only tiers that receive something are listed; `prices` is sorted by tier, the first one starting at 0.
 */
export function priceByTier(prices: readonly PlanChargePrice[], quantity: Big, counted: Big): TieredAmount {
  const tiers: NonNullable<InvoiceSubLineItem['tiers']>[number][] = [];
  let subtotal = new Big(0);
  const upTo = counted.plus(quantity);
  for (const [position, price] of prices.entries()) {
    const next = prices[position + 1]?.tier;
    const from = counted.gt(price.tier) ? counted : price.tier;
    const to = next !== undefined && next.lt(upTo) ? next : upTo;
    if (to.lte(from)) continue;
    const inTier = to.minus(from);
    const amount = inTier.times(price.value);
    tiers.push({ starting_at: price.tier, quantity: inTier, price: price.value, subtotal: amount });
    subtotal = subtotal.plus(amount);
  }
  return { tiers, subtotal };
}
