import type { OneTimeCharge, ProductReference } from '../../domain/charge/charge.ts';
import { decimalOf, invalidField, optionalInstant } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import { optionalMoney } from './map-money.ts';
import { productReferenceFrom } from './map-product.ts';
import type { MapleOneTimeBillable } from './wire.gen.ts';

/**
 * A one-time charge (maple.md section 7). Maple says neither what it comes to in total nor its metadata.
 *
 * @param customerId upstream id of the customer whose list the row is in
 * @throws UpstreamInvalidResponseError naming `one_time.aggregate` where the quantity is absent
 */
export function oneTimeChargeFrom(customerId: string, row: MapleOneTimeBillable): OneTimeCharge {
  const { aggregate, custom_price: customPrice, product_pricing: productPricing } = row;
  if (aggregate === null || aggregate === undefined) throw invalidField('MAPLE', 'one_time.aggregate');
  return {
    type: 'OneTimeCharge',
    provider: 'MAPLE',
    providerId: row.id,
    path: [customerId, row.id],
    customer: { provider: 'MAPLE', providerId: customerId },
    name:
      firstText(row.name, productPricing?.external_name, productPricing?.name, customPrice?.description) ??
      row.id,
    product: productOf(row),
    customFields: {},
    quantity: decimalOf('MAPLE', aggregate, 'one_time.aggregate'),
    unitPrice: optionalMoney(customPrice?.amount, 'one_time.custom_price.amount'),
    total: null,
    status: firstText(row.state),
    createdAt: optionalInstant('MAPLE', row.created_at, 'one_time.created_at'),
  };
}

function productOf({
  product_pricing: pricing,
  custom_price: price,
}: MapleOneTimeBillable): ProductReference | null {
  if (pricing !== null && pricing !== undefined) {
    return productReferenceFrom(pricing.product_id, [pricing.product], 'one_time.product_pricing.product_id');
  }
  if (price === null || price === undefined) return null;
  return productReferenceFrom(price.product_id, [], 'one_time.custom_price.product_id');
}
