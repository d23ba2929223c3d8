import type { Stream } from '../../connection/stream.ts';
import type { PlanRef } from '../plan/plan.ts';
import type { OneTimeCharge, PlanCharge } from './charge.ts';

/** What a provider must give about its charges. Every method may throw UpstreamError. */
export interface ChargeSource {
  /** The components of a plan's price; null when the provider does not show those of this plan. */
  planCharges(plan: PlanRef): Promise<Stream<PlanCharge> | null>;
  /** One component of a plan's price; null when the provider does not know it. */
  planCharge(plan: PlanRef, chargeId: string): Promise<PlanCharge | null>;
  /** What a customer was or will be charged once. */
  oneTimeCharges(customerId: string): Stream<OneTimeCharge>;
  /** By the path that the charge itself gives; null when the provider does not know it. */
  oneTimeCharge(path: readonly string[]): Promise<OneTimeCharge | null>;
  /** The name of a product; null when the provider does not know it. */
  productName(productId: string): Promise<string | null>;
}
