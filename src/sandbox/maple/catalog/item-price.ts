/** One tier. Bounds are units; prices are in minor units, possibly fractional; no end means open. */
export interface CatalogTier {
  readonly start: string;
  readonly end?: string;
  readonly pricePerUnit: string;
  readonly flatPrice: string;
  readonly isCustomTier?: boolean;
}

/**
 * The price of one item, by form (maple.md section 4.1). All prices are decimal strings in minor units: the
 * reference leaves the unit of the plain numbers open, and the smallest unit is what the rest of the API counts in.
 */
export type UnitPrice =
  | { readonly type: 'FIXED'; readonly pricePerUnit: string }
  | { readonly type: 'STEP'; readonly pricePerStep: string; readonly stepSize: string }
  | { readonly type: 'GRADIENT'; readonly tiers: readonly CatalogTier[] }
  | { readonly type: 'VOLUME'; readonly tiers: readonly CatalogTier[] }
  | {
      readonly type: 'CUSTOM';
      readonly pricePerUnit: string;
      readonly min: string;
      readonly max: string;
      readonly preset: string;
    }
  | { readonly type: 'SCHEDULED'; readonly pricePerUnitPerPeriod: readonly string[] }
  /** A form that no reference lists: callers have to expect new ones. */
  | { readonly type: 'HYBRID'; readonly percentOfSpend: string };

/** An item pricing: a price and what goes with it. Amounts are minor units of the pricing's currency. */
export interface ItemPrice {
  readonly price: UnitPrice;
  readonly frequency: 'MONTH' | 'YEAR';
  readonly chargeType: 'PRE_POST' | 'POST_ONLY';
  readonly prorationType: 'NONE' | 'PRORATE_ALL';
  readonly basePrice?: bigint;
  readonly baseUnits?: string;
  readonly minimumSpend?: bigint;
  /** Minimum per period, in minor units. */
  readonly minimumSpendSchedule?: readonly bigint[];
  readonly trueUpFrequency?: string;
}

/** A price for each license, paid ahead and prorated. */
export function licensed(price: UnitPrice, extra: Partial<ItemPrice> = {}): ItemPrice {
  return { price, frequency: 'MONTH', chargeType: 'PRE_POST', prorationType: 'PRORATE_ALL', ...extra };
}

/** A price for usage, paid afterwards. */
export function metered(price: UnitPrice, extra: Partial<ItemPrice> = {}): ItemPrice {
  return { price, frequency: 'MONTH', chargeType: 'POST_ONLY', prorationType: 'NONE', ...extra };
}

/** The price of one unit where it does not depend on the quantity, in minor units; undefined for other forms. */
export function flatUnitPrice(price: UnitPrice): string | undefined {
  return price.type === 'FIXED' || price.type === 'CUSTOM' ? price.pricePerUnit : undefined;
}
