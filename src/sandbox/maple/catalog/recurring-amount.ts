import Big from 'big.js';
import { catalogItem } from './item.ts';
import { flatUnitPrice } from './item-price.ts';
import type { CatalogPricing, PricedItem } from './product-pricing.ts';

/** What a component costs whatever the usage, per period of its frequency, in whole minor units. */
function recurringOfItem({ item, itemPrice }: PricedItem, licenses: number): bigint {
  const unitPrice = flatUnitPrice(itemPrice.price);
  const counted =
    unitPrice === undefined || catalogItem(item).type === 'CUSTOM_USAGE'
      ? new Big(0)
      : new Big(unitPrice).times(licenses);
  return BigInt(counted.round(0, Big.roundHalfUp).toFixed(0)) + (itemPrice.basePrice ?? 0n);
}

/** The recurring part of a set of pricings for `months` months, in whole minor units; a year's price is spread. */
export function recurringAmount(
  pricings: readonly CatalogPricing[],
  licenses: number,
  months: number,
): bigint {
  let total = 0n;
  for (const priced of pricings.flatMap((pricing) => pricing.items)) {
    const amount = recurringOfItem(priced, licenses);
    total +=
      priced.itemPrice.frequency === 'YEAR' ? (amount * BigInt(months)) / 12n : amount * BigInt(months);
  }
  return total;
}
