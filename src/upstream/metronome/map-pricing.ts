import {
  NO_COLLECTION,
  type PriceCollection,
  type PriceTier,
  type Pricing,
} from '../../domain/charge/pricing.ts';
import { compareDecimals, ZERO, type Decimal } from '../../money/decimal.ts';
import { decimalOf, optionalDecimal } from '../http/wire-values.ts';
import { metronomeMoney, pricingUnitOf } from './map-money.ts';
import type { MetronomeCreditType, MetronomePlanChargePrice } from './wire.gen.ts';

/**
 * The pricing that a charge's prices amount to: one price is flat, several are graduated, each from its `tier` up to
 * the next (metronome.md section 4). Prices are in major units for fiat.
 *
 * @throws UpstreamInvalidResponseError for a number of more than 100 digits
 */
export function pricingOf(
  prices: readonly MetronomePlanChargePrice[],
  creditType: MetronomeCreditType,
): Pricing {
  const [first] = prices;
  const pricing = {
    providerModel: null,
    unit: pricingUnitOf(creditType),
    flatPrice: null,
    stepSize: null,
    unitPriceByPeriod: [],
    minUnitPrice: null,
    maxUnitPrice: null,
    frequency: null,
  } as const;
  if (prices.length > 1 || (first !== undefined && !isFromZero(first))) {
    const tiers = tiersOf(prices, creditType);
    return { ...pricing, model: 'GRADUATED', unitPrice: null, tiers, collection: NO_COLLECTION };
  }
  return {
    ...pricing,
    model: 'FLAT',
    unitPrice: first === undefined ? null : unitPriceOf(first, creditType),
    tiers: [],
    collection: first === undefined ? NO_COLLECTION : collectionOf(first),
  };
}

/** A single price that holds from a later amount on only is a tier: below it nothing is said. */
function isFromZero(price: MetronomePlanChargePrice): boolean {
  return compareDecimals(decimalOf('METRONOME', price.tier, 'plan_charge.prices.tier'), ZERO) === 0;
}

function tiersOf(prices: readonly MetronomePlanChargePrice[], creditType: MetronomeCreditType): PriceTier[] {
  const sorted = prices
    .map((price) => ({ price, startsAt: decimalOf('METRONOME', price.tier, 'plan_charge.prices.tier') }))
    .toSorted((a, b) => compareDecimals(a.startsAt, b.startsAt));
  return sorted.map(({ price, startsAt }, index) => ({
    startsAt,
    endsAt: sorted[index + 1]?.startsAt ?? null,
    unitPrice: unitPriceOf(price, creditType),
    flatPrice: null,
    collection: collectionOf(price),
  }));
}

function unitPriceOf(price: MetronomePlanChargePrice, creditType: MetronomeCreditType): Decimal {
  return metronomeMoney(price.value, creditType, 'plan_charge.prices.value').amount;
}

function collectionOf(price: MetronomePlanChargePrice): PriceCollection {
  return {
    quantity: optionalDecimal('METRONOME', price.quantity, 'plan_charge.prices.quantity'),
    schedule: price.collection_schedule ?? null,
    interval: optionalDecimal(
      'METRONOME',
      price.collection_interval,
      'plan_charge.prices.collection_interval',
    ),
  };
}
