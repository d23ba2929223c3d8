import type { PlanSource } from '../../domain/plan/plan-source.ts';
import { holdsPlanFields, type CustomerPlan, type Plan, type PlanRef } from '../../domain/plan/plan.ts';
import { invalidField, optionalInstant } from '../http/wire-values.ts';
import { foundStream } from './found-rows.ts';
import type { MapleLoaders } from './loaders.ts';
import { planFromBundle, planFromPricing } from './map-plan.ts';
import { bundleReferenceFrom, customerPlanFrom, subscriptionDateOf } from './map-subscription.ts';
import type { MapleSubscription } from './wire.gen.ts';

/** Maple's price offers: bundles and product pricings (maple.md sections 4 and 5). */
export function createPlanSource(loaders: MapleLoaders): PlanSource {
  return {
    plan: (ref) => planByRef(loaders, ref),
    plans: () => [
      foundStream({
        key: 'MAPLE.bundles',
        read: (token, limit) =>
          loaders.bundlePages.load({ query: { is_auto_generated: false }, token, limit }),
        keep: (row) => row.is_auto_generated !== true,
        item: (row) => ({
          id: row.id,
          date: optionalInstant('MAPLE', row.created_at, 'bundle.created_at'),
          read: () => planFromBundle(row),
        }),
      }),
      foundStream({
        key: 'MAPLE.pricings',
        read: (token, limit) => loaders.pricingPages.load({ query: {}, token, limit }),
        item: (row) => ({
          id: row.id,
          date: optionalInstant('MAPLE', row.created_at, 'pricing.created_at'),
          read: () => planFromPricing(row),
        }),
      }),
    ],
    customerPlans: (customerId, planFields) =>
      foundStream({
        key: 'MAPLE',
        read: (token, limit) =>
          loaders.subscriptionPages.load({ query: { customer_id: customerId }, token, limit }),
        keep: (row) => row.customer_id === customerId,
        item: (row) => ({
          id: row.id,
          date: subscriptionDateOf(row),
          read: () => readCustomerPlan(loaders, row, planFields),
        }),
      }),
  };
}

async function planByRef(loaders: MapleLoaders, { kind, providerId }: PlanRef): Promise<Plan | null> {
  switch (kind) {
    case 'BUNDLE': {
      const bundle = await loaders.bundles.load(providerId);
      return bundle === null ? null : planFromBundle(bundle);
    }
    case 'PRODUCT_PRICING': {
      const pricing = await loaders.pricings.load(providerId);
      return pricing === null ? null : planFromPricing(pricing);
    }
    case 'PLAN':
    case 'RATE_CARD':
    case 'PACKAGE':
      return null;
  }
}

async function readCustomerPlan(
  loaders: MapleLoaders,
  row: MapleSubscription,
  planFields: ReadonlySet<string>,
): Promise<CustomerPlan> {
  const reference = bundleReferenceFrom(row);
  if (holdsPlanFields(reference, planFields)) return customerPlanFrom(row, reference);
  const bundle = await loaders.bundles.load(reference.providerId);
  // A plan without a name cannot be shown, and the subscription names none itself.
  if (bundle === null) throw invalidField('MAPLE', 'subscription.bundle_pricing_id');
  return customerPlanFrom(row, planFromBundle(bundle));
}
