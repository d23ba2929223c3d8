import type { ChargeKind, PlanCharge } from '../../domain/charge/charge.ts';
import type { PlanRef } from '../../domain/plan/plan.ts';
import { jsonObjectOf } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import { optionalMoney } from './map-money.ts';
import { pricingFrom, unshownPricing } from './map-pricing.ts';
import { productReferenceFrom } from './map-product.ts';
import { priceScale, type MaplePriceUnit } from './price-scale.ts';
import type { PlanComponent } from './plan-components.ts';

/**
 * A charge of a plan, from a product metric pricing (maple.md section 4.1).
 *
 * @throws UpstreamInvalidResponseError naming a number or a currency that cannot be read
 */
export function planChargeFrom(
  plan: PlanRef,
  component: PlanComponent,
  priceUnit: MaplePriceUnit,
): PlanCharge {
  const { metricPricing, productPricing } = component;
  const itemPricing = metricPricing.item_pricing ?? undefined;
  const item = metricPricing.item ?? itemPricing?.item ?? undefined;
  const scale = priceScale(priceUnit, firstText(productPricing.currency, component.planCurrency));
  return {
    type: 'PlanCharge',
    provider: 'MAPLE',
    providerId: metricPricing.id,
    plan,
    name:
      firstText(
        itemPricing?.name,
        itemPricing?.external_name,
        item?.name,
        item?.external_name,
        metricPricing.metric?.name,
        metricPricing.metric?.external_name,
      ) ?? metricPricing.id,
    product: productReferenceFrom(productPricing.product_id, component.products, 'pricing.product_id'),
    customFields: jsonObjectOf(itemPricing?.metadata),
    kind: KINDS.get(item?.type ?? '') ?? 'OTHER',
    providerKind: firstText(item?.type),
    pricing: itemPricing === undefined ? unshownPricing(scale) : pricingFrom(itemPricing, scale),
    quantity: null,
    startPeriod: null,
    tierResetFrequency: null,
    unitConversion: null,
    minimumSpend: optionalMoney(itemPricing?.minimum_spend, 'item_pricing.minimum_spend'),
    basePrice: optionalMoney(itemPricing?.base_price, 'item_pricing.base_price'),
  };
}

/**
 * By item type. Two are documented; built-in items may have others (maple.md section 4.1), of which only a plain word
 * is taken.
 */
const KINDS: ReadonlyMap<string, ChargeKind> = new Map([
  ['CUSTOM_USAGE', 'USAGE'],
  ['CUSTOM_OBJ', 'SEAT'],
  ['SUBSCRIPTION', 'SUBSCRIPTION'],
]);
