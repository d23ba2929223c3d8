import { LosslessNumber } from 'lossless-json';
import type { JsonNumber } from '../../../src/json/json-number.ts';
import type {
  MapleBundlePricing,
  MapleCustomer,
  MapleInvoice,
  MapleMoney,
  MapleOneTimeBillable,
  MapleProductMetricPricing,
  MapleProductPricing,
  MapleSubscription,
} from '../../../src/upstream/maple/wire.gen.ts';

/** A JSON number with exactly these digits. */
export function number(digits: string): JsonNumber {
  return new LosslessNumber(digits);
}

export function money(cents: string, currency = 'USD'): MapleMoney {
  return { currency, value_in_cents: number(cents) };
}

export function customerRow(members: Partial<MapleCustomer> = {}): MapleCustomer {
  return { id: 'cus_1', identifier: 'acct_1', ...members };
}

/** A customer with nothing left out. */
export function wholeCustomerRow(members: Partial<MapleCustomer> = {}): MapleCustomer {
  return customerRow({
    name: 'Orchard Example',
    email: 'billing@example.com',
    status: 'ACTIVE',
    metadata: {},
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...members,
  });
}

export function bundleRow(members: Partial<MapleBundlePricing> = {}): MapleBundlePricing {
  return { id: 'bundle_1', name: 'Starter', currency: 'USD', ...members };
}

export function pricingRow(members: Partial<MapleProductPricing> = {}): MapleProductPricing {
  return { id: 'price_1', product_id: 'prod_1', name: 'Monthly', currency: 'USD', ...members };
}

export function metricPricingRow(
  members: Partial<MapleProductMetricPricing> = {},
): MapleProductMetricPricing {
  return { id: 'pmp_1', ...members };
}

export function subscriptionRow(members: Partial<MapleSubscription> = {}): MapleSubscription {
  return { id: 'subs_1', customer_id: 'cus_1', status: 'ACTIVE', bundle_pricing_id: 'bundle_1', ...members };
}

export function invoiceRow(members: Partial<MapleInvoice> = {}): MapleInvoice {
  return {
    uuid: 'uuid-1',
    customer_id: 'cus_1',
    currency: 'USD',
    status: 'PENDING',
    total: money('100'),
    ...members,
  };
}

export function oneTimeRow(members: Partial<MapleOneTimeBillable> = {}): MapleOneTimeBillable {
  return { id: 'onetime_1', aggregate: number('1'), ...members };
}
