import type { Stream } from '../../connection/stream.ts';
import type { CustomerPlan, Plan, PlanRef, PlanReference } from './plan.ts';

/** What a provider must give about its price offers. Every method may throw UpstreamError. */
export interface PlanSource {
  /** The whole plan; null when the provider does not know it, or has no such kind. */
  plan(ref: PlanRef): Promise<Plan | null>;
  /**
   * The provider's catalogue, one stream per kind.
   *
   * @param planFields the fields of the Plan type that the answer needs; of these only `minimums`, which may be null,
   *   may be left unread
   */
  plans(planFields: ReadonlySet<string>): readonly Stream<PlanReference>[];
  /**
   * The plans that a customer holds or held.
   *
   * @param planFields the fields of the Plan type that the answer needs: where a subscription carries them, its plan is
   *   not read
   */
  customerPlans(customerId: string, planFields: ReadonlySet<string>): Stream<CustomerPlan>;
}
