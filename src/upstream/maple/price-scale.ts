import type { Decimal } from '../../money/decimal.ts';
import { moneyOf, moneyOfMinor } from '../../money/money.ts';
import type { FiatUnit } from '../../money/pricing-unit.ts';
import { fiatUnitOf } from './map-money.ts';

/** What the plain-number prices of item pricings count, which Maple's reference leaves open (maple.md section 1.1). */
export type MaplePriceUnit = 'minor' | 'major' | 'unknown';

/** How the plain-number prices of one product pricing are read. */
export interface PriceScale {
  /** What the scaled prices count; null where that is not known. */
  readonly unit: FiatUnit | null;
  /** A price in major units of `unit`, or as the upstream gives it where `unit` is null. */
  scaled(price: Decimal): Decimal;
}

/** The scale of prices in a currency; without an ISO 4217 code nothing can be scaled, so prices stay as they are. */
export function priceScale(priceUnit: MaplePriceUnit, currency: string | null | undefined): PriceScale {
  const unit = fiatUnitOf(currency);
  if (unit === null) return UNSCALED;
  switch (priceUnit) {
    case 'minor':
      return { unit, scaled: (price) => moneyOfMinor(price, unit).amount };
    case 'major':
      return { unit, scaled: (price) => moneyOf(price, unit).amount };
    case 'unknown':
      return UNSCALED;
  }
}

const UNSCALED: PriceScale = { unit: null, scaled: (price) => price };
