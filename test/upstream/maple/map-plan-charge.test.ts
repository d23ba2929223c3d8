import { describe, expect, it } from 'vitest';
import type { PlanCharge } from '../../../src/domain/charge/charge.ts';
import { planChargeFrom } from '../../../src/upstream/maple/map-plan-charge.ts';
import type { PlanComponent } from '../../../src/upstream/maple/plan-components.ts';
import type { MapleProductMetricPricing } from '../../../src/upstream/maple/wire.gen.ts';
import { metricPricingRow, money, number, pricingRow } from './wire-rows.ts';

const plan = { provider: 'MAPLE', kind: 'BUNDLE', providerId: 'bundle_1' } as const;

function charge(
  members: Partial<MapleProductMetricPricing> = {},
  component: Partial<PlanComponent> = {},
): PlanCharge {
  const whole = {
    metricPricing: metricPricingRow(members),
    productPricing: pricingRow(),
    products: [],
    planCurrency: null,
    ...component,
  };
  return planChargeFrom(plan, whole, 'minor');
}

describe('planChargeFrom', () => {
  it.each([
    [{ name: 'A', external_name: 'B' }, 'A'],
    [{ name: '', external_name: 'B' }, 'B'],
    [{ name: null }, 'Item'],
  ])('is named by the item pricing before the item: %j', (item_pricing, name) => {
    expect(
      charge({ item_pricing, item: { id: 'i', name: 'Item' }, metric: { id: 'm', name: 'Metric' } }).name,
    ).toBe(name);
  });

  it('is named by the metric, and else by its id', () => {
    expect(charge({ item: { id: 'i', name: '' }, metric: { id: 'm', name: 'Metric' } }).name).toBe('Metric');
    expect(charge().name).toBe('pmp_1');
  });

  it.each([
    ['CUSTOM_USAGE', 'USAGE'],
    ['CUSTOM_OBJ', 'SEAT'],
    ['SUBSCRIPTION', 'SUBSCRIPTION'],
    ['STANDARD_LICENSE', 'OTHER'],
  ])('takes the item type %s for %s and keeps the word', (type, kind) => {
    expect(charge({ item: { id: 'i', type } })).toMatchObject({ kind, providerKind: type });
  });

  it('takes the item from the item pricing where only that embeds it', () => {
    expect(charge({ item_pricing: { item: { id: 'i', name: 'Seats', type: 'CUSTOM_OBJ' } } })).toMatchObject({
      kind: 'SEAT',
      name: 'Seats',
    });
  });

  it('is of kind OTHER without a word where nothing tells', () => {
    expect(charge()).toMatchObject({ kind: 'OTHER', providerKind: null, quantity: null });
  });

  it('scales prices by the currency of the product pricing, and else of the plan', () => {
    const item_pricing = { type: 'FIXED', fixed_price: { price_per_unit: number('1500') } };
    const unitPrice = (currency: string | null, planCurrency: string | null) =>
      charge({ item_pricing }, { productPricing: pricingRow({ currency }), planCurrency }).pricing.unitPrice;
    expect(unitPrice('KWD', 'USD')).toBe('1.500');
    expect(unitPrice(null, 'USD')).toBe('15.00');
    expect(unitPrice(null, null)).toBe('1500');
  });

  it('gives minimum spend and base price as money', () => {
    const row = charge({ item_pricing: { minimum_spend: money('2500'), base_price: money('100', 'JPY') } });
    expect(row.minimumSpend?.amount).toBe('25.00');
    expect(row.basePrice?.amount).toBe('100');
    expect(charge({ item_pricing: {} })).toMatchObject({ minimumSpend: null, basePrice: null });
  });

  it('names the product only from a copy of that very product', () => {
    const own = { id: 'prod_1', name: 'Platform' };
    const other = { id: 'prod_2', name: 'Storage' };
    expect(charge({}, { products: [undefined, other, own] }).product).toEqual({
      provider: 'MAPLE',
      providerId: 'prod_1',
      name: 'Platform',
    });
    expect(charge({}, { products: [other] }).product).toEqual({ provider: 'MAPLE', providerId: 'prod_1' });
  });
});
