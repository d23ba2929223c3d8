import { pageByKey } from '../http/key-page.ts';
import { wireCustomer } from './customer-directory.ts';
import { companyPlans, wireCustomerPlan, type CompanyPlan } from './customer-plans.ts';
import { customerOfPath, pagedAnswer, uuidParameter, type MetronomeCall } from './metronome-call.ts';
import { badRequest, notFound } from './metronome-error.ts';
import { planById, PLANS } from './plan-catalogue.ts';
import type { PlanDefinition } from './plan-definition.ts';
import { PRICING_UNITS } from './pricing-units.ts';
import { wireSeconds } from './wire-time.ts';

/** GET /v1/plans (metronome.md section 4). Inferred: in catalogue order. */
export function listPlans(call: MetronomeCall): unknown {
  return catalogueAnswer(
    call,
    PLANS.map(({ detail: { id, name, description, custom_fields } }) => ({
      id,
      name,
      description,
      custom_fields,
    })),
  );
}

/** GET /v1/planDetails/{plan_id}: 404 for an unknown plan (metronome.md section 1.4). */
export function getPlanDetails(call: MetronomeCall): unknown {
  return { data: planOfPath(call).detail };
}

/** GET /v1/planDetails/{plan_id}/charges. Inferred: in the plan's order. */
export function listPlanCharges(call: MetronomeCall): unknown {
  return catalogueAnswer(
    call,
    planOfPath(call).charges.map(({ charge }) => charge),
  );
}

/**
 * GET /v1/planDetails/{plan_id}/customers, `status` active unless asked otherwise (metronome.md section 4). Inferred:
 * newest customer first, archived customers included.
 */
export function listPlanCustomers(call: MetronomeCall): unknown {
  const { directory, now } = call.account;
  const plan = planOfPath(call);
  const statuses = planStatuses(call.query.get('status') ?? 'active');
  return pagedAnswer(call, (after, limit) =>
    pageByKey({
      rows: directory.rows,
      keyOf: directory.keyOf,
      after,
      limit,
      select: (row) => {
        if ('id' in row.source) return undefined;
        const onPlan = companyPlans(row.source, now).find(
          (companyPlan) => companyPlan.plan === plan && statuses.has(planStatus(companyPlan, now)),
        );
        if (onPlan === undefined) return undefined;
        return {
          customer_details: wireCustomer(directory.customerAt(row)),
          plan_details: {
            id: plan.detail.id,
            customer_plan_id: onPlan.id,
            name: plan.detail.name,
            starting_on: wireSeconds(onPlan.startingOn),
            ending_before: onPlan.endingBefore === undefined ? null : wireSeconds(onPlan.endingBefore),
            custom_fields: plan.detail.custom_fields,
          },
        };
      },
    }),
  );
}

/** GET /v1/customers/{customer_id}/plans, newest first (metronome.md section 5). */
export function listCustomerPlans(call: MetronomeCall): unknown {
  const { company } = customerOfPath(call);
  const plans = company === undefined ? [] : companyPlans(company, call.account.now);
  return pagedAnswer(call, (after, limit) =>
    pageByKey({
      rows: plans,
      keyOf: (companyPlan) => [-companyPlan.startingOn.getTime()],
      after,
      limit,
      select: wireCustomerPlan,
    }),
  );
}

/** GET /v1/credit-types/list: fiat and custom units together (metronome.md section 10). */
export function listPricingUnits(call: MetronomeCall): unknown {
  return catalogueAnswer(call, PRICING_UNITS);
}

type PlanStatus = 'active' | 'ended' | 'upcoming';

function planStatus(companyPlan: CompanyPlan, now: Date): PlanStatus {
  if (companyPlan.startingOn > now) return 'upcoming';
  return companyPlan.endingBefore !== undefined && companyPlan.endingBefore <= now ? 'ended' : 'active';
}

function planStatuses(text: string): ReadonlySet<PlanStatus> {
  const statuses = new Set<PlanStatus>();
  for (const word of text.split(',')) {
    switch (word) {
      case 'all':
        return new Set(['active', 'ended', 'upcoming']);
      case 'active':
      case 'ended':
      case 'upcoming':
        statuses.add(word);
        break;
      default:
        throw badRequest('status must be all, active, ended, upcoming, or several joined by commas');
    }
  }
  if (statuses.size === 2 && !statuses.has('active'))
    throw badRequest('status ended,upcoming is not supported');
  return statuses;
}

function planOfPath(call: MetronomeCall): PlanDefinition {
  const plan = planById(uuidParameter(call, 'plan_id'));
  if (plan === undefined) throw notFound('Plan not found');
  return plan;
}

/** A page of a list that never changes. */
function catalogueAnswer(call: MetronomeCall, items: readonly object[]): unknown {
  return pagedAnswer(call, (after, limit) =>
    pageByKey({
      rows: [...items.entries()],
      keyOf: ([position]) => [position],
      after,
      limit,
      select: ([, item]) => item,
    }),
  );
}
