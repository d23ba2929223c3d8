import type { Plan, PlanMinimum, PlanRef, PlanReference } from '../../domain/plan/plan.ts';
import { intOf, jsonObjectOf } from '../http/wire-values.ts';
import { metronomeMoney } from './map-money.ts';
import type { MetronomePlan, MetronomePlanDetail, MetronomePlanMinimum } from './wire.gen.ts';

/** Which plan an id names. */
export function planRefOf(planId: string): PlanRef {
  return { provider: 'METRONOME', kind: 'PLAN', providerId: planId };
}

/** What Metronome says of no plan, and what therefore needs no call. */
export const UNSTATED = { status: 'UNKNOWN', providerStatus: null, currency: null } as const;

/** A plan from a row of the catalogue, which leaves out the minimums and at times the custom fields. */
export function planReferenceOf(row: MetronomePlan): PlanReference {
  const { custom_fields: fields } = row;
  return {
    ...planRefOf(row.id),
    ...UNSTATED,
    name: row.name,
    description: row.description,
    ...(fields === null || fields === undefined ? {} : { customFields: jsonObjectOf(fields) }),
  };
}

/**
 * The whole plan.
 *
 * @throws UpstreamInvalidResponseError for a minimum whose numbers the model has no form for
 */
export function planOf(detail: MetronomePlanDetail): Plan {
  return {
    ...planRefOf(detail.id),
    ...UNSTATED,
    name: detail.name,
    description: detail.description ?? null,
    customFields: jsonObjectOf(detail.custom_fields),
    minimums: (detail.minimums ?? []).map(minimumOf),
  };
}

function minimumOf(minimum: MetronomePlanMinimum): PlanMinimum {
  return {
    name: minimum.name,
    amount: metronomeMoney(minimum.value, minimum.credit_type, 'plan.minimums.value'),
    startPeriod: intOf('METRONOME', minimum.start_period, 'plan.minimums.start_period'),
  };
}
