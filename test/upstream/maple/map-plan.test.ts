import { describe, expect, it } from 'vitest';
import { planFromBundle, planFromPricing } from '../../../src/upstream/maple/map-plan.ts';
import { bundleRow, pricingRow } from './wire-rows.ts';

describe('plans', () => {
  it('are bundles', () => {
    expect(planFromBundle(bundleRow({ description: 'For teams', state: 'ACTIVE' }))).toEqual({
      provider: 'MAPLE',
      kind: 'BUNDLE',
      providerId: 'bundle_1',
      name: 'Starter',
      description: 'For teams',
      status: 'ACTIVE',
      providerStatus: 'ACTIVE',
      currency: 'USD',
      customFields: {},
      minimums: null,
    });
  });

  it('are product pricings', () => {
    expect(planFromPricing(pricingRow({ state: 'ARCHIVED', metadata: { tier: 'gold' } }))).toMatchObject({
      kind: 'PRODUCT_PRICING',
      providerId: 'price_1',
      name: 'Monthly',
      status: 'ARCHIVED',
      customFields: { tier: 'gold' },
      minimums: null,
    });
  });

  it.each([
    ['DRAFT', 'DRAFT'],
    [undefined, null],
  ])('have the status UNKNOWN for the state %s and keep the word', (state, providerStatus) => {
    const plan = planFromBundle(bundleRow(state === undefined ? {} : { state }));
    expect(plan).toMatchObject({ status: 'UNKNOWN', providerStatus });
  });

  it.each(['usd', 'POINTS', null])('have no currency for %s', (currency) => {
    expect(planFromBundle(bundleRow({ currency })).currency).toBeNull();
  });

  it('fall back to the other name that the upstream gives, and name the field where there is none', () => {
    expect(planFromBundle(bundleRow({ name: null, key: 'starter_usd' })).name).toBe('starter_usd');
    expect(planFromPricing(pricingRow({ name: '', external_name: 'On invoices' })).name).toBe('On invoices');
    expect(() => planFromBundle(bundleRow({ name: null }))).toThrow('bundle.name');
    expect(() => planFromPricing(pricingRow({ name: null }))).toThrow('pricing.name');
  });
});
