import { LosslessNumber } from 'lossless-json';
import type { CatalogPricing } from '../catalog/product-pricing.ts';
import { MAPLE_COMPANY_ID } from '../maple-company-id.ts';
import { wireMoney } from '../wire/money.ts';
import { wireTimestamp } from '../wire/timestamp.ts';
import type { WireObject } from '../wire/wire-object.ts';
import type { OneTimeRecord } from './one-time-record.ts';

/** A one-time charge as REST answers it (maple.md section 7): no total, and no link to its invoice. */
export function oneTimeWire(
  charge: OneTimeRecord,
  writePricing: (pricing: CatalogPricing) => WireObject,
): WireObject {
  const { price } = charge;
  const variant = charge.customerIndex + charge.ordinal;
  return {
    id: charge.id,
    company_id: MAPLE_COMPANY_ID,
    customer_id: charge.customerId,
    name: charge.name,
    type: charge.type,
    state: charge.state,
    aggregate: new LosslessNumber(charge.aggregate),
    product_pricing_id: price.kind === 'pricing' ? price.pricing.id : null,
    product_pricing: price.kind === 'pricing' ? writePricing(price.pricing) : undefined,
    custom_price:
      price.kind === 'custom'
        ? {
            amount: wireMoney(price.amount, charge.currency),
            product_id: price.productId,
            description: price.description,
          }
        : undefined,
    quantity_config: { allow_custom_quantity: false, min_quantity: 1, max_quantity: 1 },
    sort_order: charge.sortOrder,
    created_at: wireTimestamp(charge.createdAt, variant),
    updated_at: wireTimestamp(charge.updatedAt, variant),
  };
}
