import { LosslessNumber } from 'lossless-json';
import { MAPLE_COMPANY_ID } from '../maple-company-id.ts';
import { wireMoney } from '../wire/money.ts';
import { wireTimestamp } from '../wire/timestamp.ts';
import type { WireObject } from '../wire/wire-object.ts';
import { catalogItem, type CatalogItem } from './item.ts';
import type { CatalogTier, UnitPrice } from './item-price.ts';
import { metricPricingId, type CatalogPricing, type PricedItem } from './product-pricing.ts';

/** The priced components of a pricing, expanded down to item pricings (maple.md section 4.1). */
export function metricPricingsWire(pricing: CatalogPricing, createdAt: Date): readonly WireObject[] {
  const at = wireTimestamp(createdAt, pricing.position);
  return pricing.items.map((priced, place) => {
    const item = catalogItem(priced.item);
    return {
      id: metricPricingId(pricing, place),
      company_id: MAPLE_COMPANY_ID,
      product_id: `prod_${pricing.product}`,
      item_id: `item_${item.key}`,
      item: itemWire(item, at),
      metric_id: `metric_${item.key}`,
      metric: metricWire(item, at),
      item_pricing_id: `itempricing_${pricing.key}_${place + 1}`,
      item_pricing: itemPricingWire(pricing, priced, place, at),
      created_at: at,
      updated_at: at,
    };
  });
}

function itemWire(item: CatalogItem, at: string): WireObject {
  return {
    id: `item_${item.key}`,
    company_id: MAPLE_COMPANY_ID,
    name: item.name,
    external_name: item.name,
    description: '',
    type: item.type,
    display_type: item.displayType,
    editable: !item.standard,
    standard: item.standard,
    created_at: at,
    updated_at: at,
  };
}

function metricWire(item: CatalogItem, at: string): WireObject {
  return {
    id: `metric_${item.key}`,
    company_id: MAPLE_COMPANY_ID,
    item_id: `item_${item.key}`,
    name: item.metric.name,
    external_name: item.metric.name,
    description: '',
    type: item.type,
    standard: item.standard,
    metering_rule: {
      aggregator: item.metric.aggregator,
      property: item.metric.property,
      group_keys: item.metric.groupKeys,
      rule: item.metric.rule,
    },
    created_at: at,
    updated_at: at,
  };
}

function itemPricingWire(pricing: CatalogPricing, priced: PricedItem, place: number, at: string): WireObject {
  const { itemPrice } = priced;
  const item = catalogItem(priced.item);
  const money = (minor: bigint | undefined) =>
    minor === undefined ? undefined : wireMoney(minor, pricing.currency);
  return {
    id: `itempricing_${pricing.key}_${place + 1}`,
    company_id: MAPLE_COMPANY_ID,
    item_id: `item_${item.key}`,
    name: `${pricing.name}, ${item.name.toLowerCase()}`,
    external_name: item.name,
    description: '',
    type: itemPrice.price.type,
    frequency: itemPrice.frequency,
    term_count: 1,
    charge_type: itemPrice.chargeType,
    proration_type: itemPrice.prorationType,
    display_type: item.displayType,
    state: pricing.state,
    editable: true,
    carry_over: false,
    base_price: money(itemPrice.basePrice),
    base_units: exact(itemPrice.baseUnits),
    minimum_spend: money(itemPrice.minimumSpend),
    minimum_spend_schedule:
      itemPrice.minimumSpendSchedule === undefined
        ? undefined
        : {
            allow_pulling_forward: false,
            minimum_spend_schedule_type: 'CUSTOM',
            amount_per_period: itemPrice.minimumSpendSchedule,
          },
    recognition_schedule: { recognition_schedule_type: 'IMMEDIATE', amount_per_period: null },
    true_up_frequency: itemPrice.trueUpFrequency,
    metadata: {},
    ...priceMembers(itemPrice.price),
    created_at: at,
    updated_at: at,
  };
}

/** The one price member that the form fills; the two lists are null in the other forms, objects are left out. */
function priceMembers(price: UnitPrice): WireObject {
  const none = { gradient_price: null, volume_price: null };
  switch (price.type) {
    case 'FIXED':
      return { ...none, fixed_price: { price_per_unit: exact(price.pricePerUnit) } };
    case 'STEP':
      return {
        ...none,
        step_price: { price_per_step: exact(price.pricePerStep), step_size: exact(price.stepSize) },
      };
    case 'GRADIENT':
      return {
        ...none,
        gradient_price: price.tiers.map((tier) => ({
          start: exact(tier.start),
          end: exact(tier.end),
          ...tierWire(tier),
        })),
      };
    case 'VOLUME':
      return {
        ...none,
        volume_price: price.tiers.map((tier) => ({
          total_units_start: exact(tier.start),
          total_units_end: exact(tier.end),
          ...tierWire(tier),
        })),
      };
    case 'CUSTOM':
      return {
        ...none,
        custom_price: {
          price_per_unit: exact(price.pricePerUnit),
          min_price_per_unit: exact(price.min),
          max_price_per_unit: exact(price.max),
          preset_price_per_unit: exact(price.preset),
        },
      };
    case 'SCHEDULED':
      return { ...none, scheduled_price: { price_per_unit_per_period: price.pricePerUnitPerPeriod } };
    case 'HYBRID':
      return { ...none, hybrid_price: { percent_of_spend: exact(price.percentOfSpend) } };
  }
}

function tierWire(tier: CatalogTier): WireObject {
  return {
    price_per_unit: exact(tier.pricePerUnit),
    flat_price: exact(tier.flatPrice),
    is_custom_tier: tier.isCustomTier ?? false,
  };
}

function exact(decimal: string | undefined): LosslessNumber | undefined {
  return decimal === undefined ? undefined : new LosslessNumber(decimal);
}
