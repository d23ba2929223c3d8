import Big from 'big.js';
import { flatUnitPrice } from '../catalog/item-price.ts';
import type { CatalogPricing } from '../catalog/product-pricing.ts';

/** What a one-time charge costs a unit: the price of a product pricing, or an amount of its own in minor units. */
export type OneTimePrice =
  | { readonly kind: 'pricing'; readonly pricing: CatalogPricing }
  | {
      readonly kind: 'custom';
      readonly amount: bigint;
      readonly productId: string;
      readonly description: string;
    };

/** A one-time charge as the sandbox keeps it. */
export interface OneTimeRecord {
  readonly id: string;
  readonly customerIndex: number;
  readonly customerId: string;
  /** Counts the customer's charges from 0. */
  readonly ordinal: number;
  readonly name: string;
  readonly type: 'IMMEDIATE' | 'NEXT';
  /** PENDING until it is on an invoice; INVOICED is a guess, the reference shows PENDING only. */
  readonly state: 'PENDING' | 'INVOICED';
  /** Quantity, a decimal string. */
  readonly aggregate: string;
  readonly price: OneTimePrice;
  readonly currency: string;
  readonly sortOrder: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Quantity times price in whole minor units, halves away from zero. No reference states how Maple rounds. */
export function chargeTotal(charge: Pick<OneTimeRecord, 'price' | 'aggregate'>): bigint {
  return BigInt(unitAmount(charge.price).times(charge.aggregate).round(0, Big.roundHalfUp).toFixed(0));
}

function unitAmount(price: OneTimePrice): Big {
  if (price.kind === 'custom') return new Big(price.amount.toString());
  return price.pricing.items.reduce(
    (sum, item) => sum.plus(flatUnitPrice(item.itemPrice.price) ?? '0'),
    new Big(0),
  );
}
