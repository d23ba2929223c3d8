import type { Stream } from '../../connection/stream.ts';
import type { PlanSource } from '../../domain/plan/plan-source.ts';
import { holdsPlanFields, type CustomerPlan, type PlanReference } from '../../domain/plan/plan.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { instantOf as instantOfDate } from '../../time/instant.ts';
import { nextTokenOf } from '../http/wire-values.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { customerPlanOf, customerPlanStart, withWholePlan } from './map-customer-plan.ts';
import { planOf, planReferenceOf } from './map-plan.ts';
import type { MetronomeCustomerPlan, MetronomePlan } from './wire.gen.ts';

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
    plans: (planFields) => [
      planStream(loaders, async (row) => {
        const plan = planReferenceOf(row);
        if (holdsPlanFields(plan, requiredOf(planFields))) return plan;
        const detail = await loaders.planById.load(row.id);
        if (detail === null) throw forgottenPlan();
        return { ...planOf(detail), ...plan };
      }),
    ],
    customerPlans(customerId, planFields) {
      return customerPlanStream(loaders, customerId, async (row) => {
        const customerPlan = customerPlanOf(row, instantOfDate(now()));
        if (holdsPlanFields(customerPlan.plan, planFields)) return customerPlan;
        const detail = await loaders.planById.load(row.plan_id);
        if (detail !== null) return withWholePlan(customerPlan, planOf(detail));
        // A plan that Metronome no longer shows is still the one that the customer holds.
        if (holdsPlanFields(customerPlan.plan, requiredOf(planFields))) return customerPlan;
        throw forgottenPlan();
      });
    },
  };
}

/** Only minimums may be null: where they cannot be read, that costs no other field. */
function requiredOf(planFields: ReadonlySet<string>): ReadonlySet<string> {
  return planFields.difference(new Set(['minimums']));
}

function forgottenPlan(): UpstreamNotFoundError {
  return new UpstreamNotFoundError('METRONOME', 'The provider no longer knows this plan.');
}

function planStream(
  loaders: MetronomeLoaders,
  read: (row: MetronomePlan) => Promise<PlanReference>,
): Stream<PlanReference> {
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    undated: true,
    async readPage(token, limit) {
      const page = await loaders.planPage.load({ token, limit });
      return {
        items: page.data.map((row) => ({ id: row.id, date: null, read: () => read(row) })),
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
