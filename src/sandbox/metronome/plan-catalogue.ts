import { ENTERPRISE } from './enterprise-plan.ts';
import { PAY_AS_YOU_GO_EUR, SCALE_EUR, TOKENS } from './other-unit-plans.ts';
import type { PlanDefinition } from './plan-definition.ts';
import { GROWTH, PAY_AS_YOU_GO, SERVICES, STARTER, TEAM_SEATS } from './usd-plans.ts';
import type { PlanCharge } from './wire-types.ts';

/** Every plan, in the order in which GET /v1/plans lists them. */
export const PLANS: readonly PlanDefinition[] = [
  ENTERPRISE,
  STARTER,
  GROWTH,
  TEAM_SEATS,
  PAY_AS_YOU_GO,
  SERVICES,
  SCALE_EUR,
  PAY_AS_YOU_GO_EUR,
  TOKENS,
];

/** The plan with an id; undefined when there is none. */
export function planById(id: string): PlanDefinition | undefined {
  return PLANS.find((plan) => plan.detail.id === id);
}

/** The charge with an id, of whatever plan; undefined when there is none. */
export function chargeById(id: string): PlanCharge | undefined {
  return PLANS.flatMap((plan) => plan.charges).find(({ charge }) => charge.id === id)?.charge;
}

/** Every charge of a product, of whatever plan. */
export function chargesOfProduct(productId: string): readonly PlanCharge[] {
  return PLANS.flatMap((plan) => plan.charges.map(({ charge }) => charge)).filter(
    (charge) => charge.product_id === productId,
  );
}
