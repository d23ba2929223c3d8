import type { CustomerPlan, Plan, SubscriptionStatus } from '../../domain/plan/plan.ts';
import { compareInstants, type Instant } from '../../time/instant.ts';
import { instantOf, jsonObjectOf, optionalInstant } from '../http/wire-values.ts';
import { planRefOf, UNSTATED } from './map-plan.ts';
import type { MetronomeCustomerPlan } from './wire.gen.ts';

/**
 * How a customer holds a plan, with as much of the plan as the row says: its custom fields belong to the customer plan
 * and not to the plan.
 *
 * @param now decides the status, which Metronome leaves to the dates (metronome.md section 5)
 * @throws UpstreamInvalidResponseError for a timestamp that is none
 */
export function customerPlanOf(row: MetronomeCustomerPlan, now: Instant): CustomerPlan {
  const startsAt = customerPlanStart(row);
  const endsAt = optionalInstant('METRONOME', row.ending_before, 'customer_plan.ending_before');
  const trialEndsAt = optionalInstant(
    'METRONOME',
    row.trial_info?.ending_before,
    'customer_plan.trial_info.ending_before',
  );
  return {
    plan: { ...planRefOf(row.plan_id), ...UNSTATED, name: row.plan_name, description: row.plan_description },
    subscriptionId: row.id,
    status: statusOf({ startsAt, endsAt, trialEndsAt }, now),
    providerStatus: null,
    startsAt,
    endsAt,
    nextInvoiceAt: null,
    customFields: jsonObjectOf(row.custom_fields),
  };
}

/** The same with the plan's own fields; a description that only the row has is kept. */
export function withWholePlan(customerPlan: CustomerPlan, plan: Plan): CustomerPlan {
  const description = plan.description ?? customerPlan.plan.description ?? null;
  return { ...customerPlan, plan: { ...plan, description } };
}

/**
 * When a customer plan starts; what its list is dated by.
 *
 * @throws UpstreamInvalidResponseError for a timestamp that is none
 */
export function customerPlanStart(row: MetronomeCustomerPlan): Instant {
  return instantOf('METRONOME', row.starting_on, 'customer_plan.starting_on');
}

interface CustomerPlanDates {
  /** Inclusive. */
  readonly startsAt: Instant;
  /** Exclusive. */
  readonly endsAt: Instant | null;
  /** Exclusive. */
  readonly trialEndsAt: Instant | null;
}

function statusOf({ startsAt, endsAt, trialEndsAt }: CustomerPlanDates, now: Instant): SubscriptionStatus {
  if (endsAt !== null && compareInstants(endsAt, now) <= 0) return 'ENDED';
  if (compareInstants(startsAt, now) > 0) return 'UPCOMING';
  if (trialEndsAt !== null && compareInstants(trialEndsAt, now) > 0) return 'TRIALING';
  return 'ACTIVE';
}
