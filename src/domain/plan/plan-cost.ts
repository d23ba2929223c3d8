import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import {
  cost,
  MOST_PLAN_CHARGES,
  sumOfCalls,
  type CostQuestion,
  type FieldCost,
  type PlanOrigin,
} from '../operation-cost/field-cost.ts';
import { pageCost } from '../operation-cost/page-cost.ts';
import type { Plan } from './plan.ts';

type PlanField = Exclude<keyof Plan, 'provider' | 'providerId' | 'kind'>;

const NEVER_READ: readonly PlanField[] = ['status', 'providerStatus', 'currency'];
const IN_ROWS: readonly PlanField[] = [...NEVER_READ, 'name', 'description'];

/** What of a Metronome plan is at hand, by how the operation came to it; everything where it was read by its id. */
const AT_HAND: Readonly<Record<Exclude<PlanOrigin, 'read'>, ReadonlySet<PlanField>>> = {
  held: new Set(IN_ROWS),
  listed: new Set(IN_ROWS),
  billed: new Set(NEVER_READ),
};

/** The cost of a field that may need the whole plan. Maple's lists show whole plans, its subscriptions and invoices none. */
export function planFieldCost(field: PlanField) {
  return cost(({ scope: { provider, plan = 'read' } }): FieldCost => {
    if (plan === 'read') return {};
    if (provider === 'MAPLE') return plan === 'listed' ? {} : { calls: { bundles: 1 } };
    if (AT_HAND[plan].has(field)) return {};
    return { calls: plan === 'listed' ? { listedDetails: 1 } : { planDetails: 1 } };
  });
}

/** The cost of a plan's charges: of Maple they come with the bundle, or with the product of a pricing. */
export function planChargesCost(question: CostQuestion): FieldCost {
  const { provider = 'METRONOME', plan = 'read' } = question.scope;
  const stream = { provider, length: MOST_PLAN_CHARGES };
  if (provider === 'METRONOME') {
    const kind = plan === 'listed' || plan === 'read' ? 'listedCharges' : 'planCharges';
    const streams = [{ ...stream, kind, pageLimit: MAX_PAGE_LIMIT } as const];
    return pageCost({ ...question, defaultFirst: 20, streams });
  }
  const page = pageCost({ ...question, defaultFirst: 20, streams: [{ ...stream, kind: null }] });
  const isBundle = plan === 'held' || plan === 'billed';
  return { ...page, calls: sumOfCalls(page.calls ?? {}, isBundle ? { bundles: 1 } : { products: 1 }) };
}
