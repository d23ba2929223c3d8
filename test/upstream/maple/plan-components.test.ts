import { describe, expect, it } from 'vitest';
import { bundleComponents, productComponents } from '../../../src/upstream/maple/plan-components.ts';
import type { MapleBundleProductPricing } from '../../../src/upstream/maple/wire.gen.ts';
import { bundleRow, metricPricingRow, pricingRow } from './wire-rows.ts';

function priced(id: string, ...metricPricingIds: string[]) {
  return pricingRow({ id, product_metric_pricings: metricPricingIds.map((id) => metricPricingRow({ id })) });
}

function idsOf(members: MapleBundleProductPricing[] | null): string[] | undefined {
  return bundleComponents(bundleRow({ bundle_product_pricings: members }))?.map(
    ({ metricPricing }) => metricPricing.id,
  );
}

describe('bundleComponents', () => {
  it('flattens the pricings that the members embed, in their order', () => {
    const members = [{ product_pricing: priced('p1', 'a', 'b') }, { product_pricing: priced('p2', 'c') }];
    expect(idsOf(members)).toEqual(['a', 'b', 'c']);
  });

  it('finds the pricing of a member by id among those of its product', () => {
    const product = { id: 'prod_1', product_pricings: [priced('p1', 'a'), priced('p2', 'b')] };
    expect(idsOf([{ product_pricing_id: 'p2', product }])).toEqual(['b']);
  });

  it('prefers the copy that shows prices', () => {
    const product = { id: 'prod_1', product_pricings: [priced('p1', 'a')] };
    expect(idsOf([{ product_pricing_id: 'p1', product_pricing: pricingRow({ id: 'p1' }), product }])).toEqual(
      ['a'],
    );
  });

  it('takes no pricing of another id', () => {
    expect(idsOf([{ product_pricing_id: 'p2', product_pricing: priced('p1', 'a') }])).toBeUndefined();
  });

  it('is null, not empty, where the answer does not show the components', () => {
    expect(idsOf(null)).toBeUndefined();
    expect(idsOf([{ product_pricing: pricingRow() }])).toBeUndefined();
    expect(idsOf([{ product_pricing_id: 'p1' }])).toBeUndefined();
  });

  it('is null where the components of only some members are shown', () => {
    expect(
      idsOf([{ product_pricing: priced('p1', 'a') }, { product_pricing: pricingRow({ id: 'p2' }) }]),
    ).toBeUndefined();
  });

  it('is empty where the bundle shows that it has none', () => {
    expect(idsOf([])).toEqual([]);
    expect(idsOf([{ product_pricing: priced('p1') }])).toEqual([]);
  });

  it('leaves out members that were deleted from the bundle', () => {
    const deleted = { product_pricing: priced('p1', 'a'), deleted_at: '2026-01-01T00:00:00Z' };
    expect(idsOf([deleted, { product_pricing: priced('p2', 'b'), deleted_at: null }])).toEqual(['b']);
  });
});

describe('productComponents', () => {
  it('gives those of the one pricing', () => {
    const product = { id: 'prod_1', product_pricings: [priced('p1', 'a'), priced('p2', 'b')] };
    expect(productComponents(product, 'p2')?.map(({ metricPricing }) => metricPricing.id)).toEqual(['b']);
  });

  it('is null where the product does not show that pricing or its prices', () => {
    expect(productComponents({ id: 'prod_1' }, 'p1')).toBeNull();
    expect(productComponents({ id: 'prod_1', product_pricings: [priced('p2', 'b')] }, 'p1')).toBeNull();
    expect(
      productComponents({ id: 'prod_1', product_pricings: [pricingRow({ id: 'p1' })] }, 'p1'),
    ).toBeNull();
  });
});
