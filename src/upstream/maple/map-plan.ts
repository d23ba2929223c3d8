import type { Plan, PlanStatus } from '../../domain/plan/plan.ts';
import { invalidField, jsonObjectOf } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import { fiatUnitOf } from './map-money.ts';
import type { MapleBundlePricing, MapleProductPricing } from './wire.gen.ts';

/**
 * The plan that a bundle is.
 *
 * @throws UpstreamInvalidResponseError naming `bundle.name` when it has neither name nor key
 */
export function planFromBundle(row: MapleBundlePricing): Plan {
  const name = firstText(row.name, row.key);
  if (name === null) throw invalidField('MAPLE', 'bundle.name');
  return { kind: 'BUNDLE', name, ...planFields(row) };
}

/**
 * The plan that a product pricing is.
 *
 * @throws UpstreamInvalidResponseError naming `pricing.name` when it has neither name nor external name
 */
export function planFromPricing(row: MapleProductPricing): Plan {
  const name = firstText(row.name, row.external_name);
  if (name === null) throw invalidField('MAPLE', 'pricing.name');
  return { kind: 'PRODUCT_PRICING', name, ...planFields(row) };
}

function planFields(row: MapleBundlePricing | MapleProductPricing): Omit<Plan, 'kind' | 'name'> {
  return {
    provider: 'MAPLE',
    providerId: row.id,
    description: row.description ?? null,
    status: planStatusOf(row.state),
    providerStatus: row.state ?? null,
    currency: fiatUnitOf(row.currency)?.currency ?? null,
    customFields: jsonObjectOf(row.metadata),
    // Maple has minimums on single charges, not on a plan.
    minimums: null,
  };
}

function planStatusOf(state: string | null | undefined): PlanStatus {
  return state === 'ACTIVE' || state === 'ARCHIVED' ? state : 'UNKNOWN';
}
