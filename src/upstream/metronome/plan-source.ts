import type { Stream } from '../../connection/stream.ts';
import type { PlanSource } from '../../domain/plan/plan-source.ts';
import { holdsPlanFields, type CustomerPlan, type PlanReference } from '../../domain/plan/plan.ts';
import { instantOf as instantOfDate } from '../../time/instant.ts';
import { nextTokenOf } from '../http/wire-values.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { customerPlanOf, customerPlanStart, withWholePlan } from './map-customer-plan.ts';
import { planOf, planReferenceOf } from './map-plan.ts';
import type { MetronomeCustomerPlan } from './wire.gen.ts';

/**
 * The plans of Metronome's plans generation (metronome.md sections 4 and 5).
 *
 * @param now decides whether a customer plan is upcoming, active or ended
 */
export function createPlanSource(loaders: MetronomeLoaders, now: () => Date): PlanSource {
  return {
    async plan({ kind, providerId }) {
      if (kind !== 'PLAN') return null;
      const detail = await loaders.planById.load(providerId);
      return detail === null ? null : planOf(detail);
    },
    plans: () => [planStream(loaders)],
    customerPlans(customerId, planFields) {
      return customerPlanStream(loaders, customerId, async (row) => {
        const customerPlan = customerPlanOf(row, instantOfDate(now()));
        if (holdsPlanFields(customerPlan.plan, planFields)) return customerPlan;
        const detail = await loaders.planById.load(row.plan_id);
        // A plan that Metronome no longer shows is still the one that the customer holds.
        return detail === null ? customerPlan : withWholePlan(customerPlan, planOf(detail));
      });
    },
  };
}

function planStream(loaders: MetronomeLoaders): Stream<PlanReference> {
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    undated: true,
    async readPage(token, limit) {
      const page = await loaders.planPage.load({ token, limit });
      return {
        items: page.data.map((row) => ({ id: row.id, date: null, read: () => planReferenceOf(row) })),
        nextToken: nextTokenOf(page.next_page),
      };
    },
  };
}

function customerPlanStream(
  loaders: MetronomeLoaders,
  customerId: string,
  read: (row: MetronomeCustomerPlan) => Promise<CustomerPlan>,
): Stream<CustomerPlan> {
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    async readPage(token, limit) {
      const page = await loaders.customerPlanPage.load({ customerId, token, limit });
      return {
        items: page.data.map((row) => ({ id: row.id, date: customerPlanStart(row), read: () => read(row) })),
        nextToken: nextTokenOf(page.next_page),
      };
    },
  };
}
