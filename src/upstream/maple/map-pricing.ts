import {
  NO_COLLECTION,
  type PriceTier,
  type Pricing,
  type PricingModel,
} from '../../domain/charge/pricing.ts';
import type { ExactNumber } from '../../json/json-number.ts';
import { compareDecimals, parseDecimal, type Decimal } from '../../money/decimal.ts';
import { decimalOf, invalidField, optionalDecimal } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import type { PriceScale } from './price-scale.ts';
import type { MapleGradientTier, MapleItemPricing, MapleVolumeTier } from './wire.gen.ts';

/**
 * How a charge is priced, from an item pricing (maple.md section 4.1). Only the price member of its own model is read;
 * of an UNKNOWN model no price is shown, since none of the members is known to hold it.
 *
 * @throws UpstreamInvalidResponseError naming a number that is none, or a tier without a start
 */
export function pricingFrom(row: MapleItemPricing, scale: PriceScale): Pricing {
  const model = pricingModelOf(row);
  return {
    ...NO_PRICE,
    ...pricesOf(model, row, scale),
    model,
    providerModel: firstText(row.type),
    unit: scale.unit,
    frequency: firstText(row.frequency),
  };
}

/** The pricing of a charge whose item pricing the upstream does not show. */
export function unshownPricing(scale: PriceScale): Pricing {
  return { ...NO_PRICE, unit: scale.unit };
}

const NO_PRICE: Pricing = {
  model: 'UNKNOWN',
  providerModel: null,
  unit: null,
  unitPrice: null,
  flatPrice: null,
  stepSize: null,
  tiers: [],
  unitPriceByPeriod: [],
  minUnitPrice: null,
  maxUnitPrice: null,
  frequency: null,
  collection: NO_COLLECTION,
};

const MODELS: ReadonlyMap<string, PricingModel> = new Map([
  ['FIXED', 'FLAT'],
  ['GRADIENT', 'GRADUATED'],
  ['VOLUME', 'VOLUME'],
  ['STEP', 'STEP'],
  ['SCHEDULED', 'SCHEDULED'],
  ['CUSTOM', 'CUSTOM'],
]);

function pricingModelOf(row: MapleItemPricing): PricingModel {
  const type = firstText(row.type);
  return type === null ? modelOfFilledMember(row) : (MODELS.get(type) ?? 'UNKNOWN');
}

/** That one price member is filled is inferred (maple.md section 4.1), so two of them decide nothing. */
function modelOfFilledMember(row: MapleItemPricing): PricingModel {
  const members: readonly (readonly [PricingModel, object | null | undefined])[] = [
    ['FLAT', row.fixed_price],
    ['GRADUATED', row.gradient_price],
    ['VOLUME', row.volume_price],
    ['STEP', row.step_price],
    ['SCHEDULED', row.scheduled_price],
    ['CUSTOM', row.custom_price],
    ['UNKNOWN', row.credit_price],
  ];
  const [only, another] = members.filter(([, member]) => isFilled(member));
  return only === undefined || another !== undefined ? 'UNKNOWN' : only[0];
}

function isFilled(member: object | null | undefined): boolean {
  return Object.values(member ?? {}).some((value) => value !== null && value !== undefined);
}

function pricesOf(model: PricingModel, row: MapleItemPricing, scale: PriceScale): Partial<Pricing> {
  const price = (value: ExactNumber | null | undefined, field: string): Decimal | null =>
    scaledPrice(value, `item_pricing.${field}`, scale);
  switch (model) {
    case 'FLAT':
      return { unitPrice: price(row.fixed_price?.price_per_unit, 'fixed_price.price_per_unit') };
    case 'GRADUATED':
      return { tiers: gradientTiers(row.gradient_price ?? [], scale) };
    case 'VOLUME':
      return { tiers: volumeTiers(row.volume_price ?? [], scale) };
    case 'STEP':
      return {
        flatPrice: price(row.step_price?.price_per_step, 'step_price.price_per_step'),
        stepSize: optionalDecimal('MAPLE', row.step_price?.step_size, 'item_pricing.step_price.step_size'),
      };
    case 'SCHEDULED':
      return {
        unitPriceByPeriod: (row.scheduled_price?.price_per_unit_per_period ?? []).map(periodPrice(scale)),
      };
    case 'CUSTOM':
      return {
        unitPrice:
          price(row.custom_price?.price_per_unit, 'custom_price.price_per_unit') ??
          price(row.custom_price?.preset_price_per_unit, 'custom_price.preset_price_per_unit'),
        minUnitPrice: price(row.custom_price?.min_price_per_unit, 'custom_price.min_price_per_unit'),
        maxUnitPrice: price(row.custom_price?.max_price_per_unit, 'custom_price.max_price_per_unit'),
      };
    case 'UNKNOWN':
      return {};
  }
}

function scaledPrice(
  value: ExactNumber | null | undefined,
  field: string,
  scale: PriceScale,
): Decimal | null {
  const price = optionalDecimal('MAPLE', value, field);
  return price === null ? null : scale.scaled(price);
}

/** The prices by period are texts, unlike every other price. */
function periodPrice(scale: PriceScale): (text: string, index: number) => Decimal {
  return (text, index) => {
    const price = parseDecimal(text);
    const field = `item_pricing.scheduled_price.price_per_unit_per_period[${index}]`;
    if (price === null) throw invalidField('MAPLE', field);
    return scale.scaled(price);
  };
}

function gradientTiers(tiers: readonly MapleGradientTier[], scale: PriceScale): readonly PriceTier[] {
  return sorted(
    tiers.map((tier, index) =>
      tierFrom(
        { ...tier, field: `item_pricing.gradient_price[${index}]`, startName: 'start', endName: 'end' },
        scale,
      ),
    ),
  );
}

function volumeTiers(tiers: readonly MapleVolumeTier[], scale: PriceScale): readonly PriceTier[] {
  return sorted(
    tiers.map((tier, index) =>
      tierFrom(
        {
          ...tier,
          start: tier.total_units_start,
          end: tier.total_units_end,
          field: `item_pricing.volume_price[${index}]`,
          startName: 'total_units_start',
          endName: 'total_units_end',
        },
        scale,
      ),
    ),
  );
}

interface NamedTier {
  readonly field: string;
  readonly startName: string;
  readonly endName: string;
  readonly start?: ExactNumber | null | undefined;
  readonly end?: ExactNumber | null | undefined;
  readonly price_per_unit?: ExactNumber | null | undefined;
  readonly flat_price?: ExactNumber | null | undefined;
}

function tierFrom(tier: NamedTier, scale: PriceScale): PriceTier {
  const { field, startName, endName, start } = tier;
  if (start === null || start === undefined) throw invalidField('MAPLE', `${field}.${startName}`);
  return {
    startsAt: decimalOf('MAPLE', start, `${field}.${startName}`),
    endsAt: optionalDecimal('MAPLE', tier.end, `${field}.${endName}`),
    unitPrice: scaledPrice(tier.price_per_unit, `${field}.price_per_unit`, scale),
    flatPrice: scaledPrice(tier.flat_price, `${field}.flat_price`, scale),
    collection: NO_COLLECTION,
  };
}

function sorted(tiers: readonly PriceTier[]): readonly PriceTier[] {
  return tiers.toSorted((a, b) => compareDecimals(a.startsAt, b.startsAt));
}
