import type { Stream } from '../../connection/stream.ts';
import type { CustomerPlan, Plan, PlanRef, PlanReference } from './plan.ts';

/** What a provider must give about its price offers. Every method may throw UpstreamError. */
export interface PlanSource {
  /** The whole plan; null when the provider does not know it, or has no such kind. */
  plan(ref: PlanRef): Promise<Plan | null>;
  /** The provider's catalogue, one stream per kind; rows may leave fields unread that need a call per plan. */
  plans(): readonly Stream<PlanReference>[];
  /**
   * The plans that a customer holds or held.
   *
   * @param options.wholePlan whether the plan's own fields are wanted, beyond those that the subscription carries
   */
  customerPlans(customerId: string, options: { readonly wholePlan: boolean }): Stream<CustomerPlan>;
}
