import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import type { RequestContext } from '../request-context.ts';
import { type FieldPlace, selectedFields } from '../selection.ts';
import { holdsPlanFields, type Plan, type PlanReference } from './plan.ts';

/**
 * The plan that an object refers to, for the field under way: as it stands where all selected fields are at hand, else
 * as its provider holds it; null when the provider does not know it.
 */
export async function resolvePlanReference(
  reference: PlanReference,
  context: RequestContext,
  info: FieldPlace,
): Promise<PlanReference | null> {
  if (holdsPlanFields(reference, selectedFields(info))) return reference;
  return context.sources[reference.provider].plans.plan(reference);
}

/**
 * One field of a plan, reading the whole plan where the list that it came from left the field out.
 *
 * @throws UpstreamNotFoundError when the provider has forgotten the plan in between
 */
export async function planField<K extends keyof Plan>(
  reference: PlanReference,
  field: K,
  context: RequestContext,
): Promise<Plan[K]> {
  const { [field]: atHand }: Partial<Plan> = reference;
  if (atHand !== undefined) return atHand;
  const plan = await context.sources[reference.provider].plans.plan(reference);
  if (plan === null)
    throw new UpstreamNotFoundError(reference.provider, 'The provider no longer knows this plan.');
  return plan[field];
}
