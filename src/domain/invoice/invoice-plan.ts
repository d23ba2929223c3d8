import { countedCost } from '../operation-cost/field-cost.ts';
import { scopeProviders } from '../operation-cost/lookup-cost.ts';
import type { PlanReference } from '../plan/plan.ts';
import { resolvePlanReference } from '../plan/plan-reference.ts';
import type { RequestContext } from '../request-context.ts';
import type { Invoice } from './invoice.ts';
import type { FieldPlace } from '../selection.ts';

/** What `resolveInvoicePlan` costs; the plan's own fields say what reading them takes. */
export const INVOICE_PLAN = countedCost(({ scope }) => ({
  calls: scope.provider === 'METRONOME' ? {} : { subscriptions: 1 },
  gives: [{ count: 1, scopes: scopeProviders(scope).map((provider) => ({ provider, plan: 'billed' })) }],
}));

/** The plan of an invoice: named by the invoice itself, or found through its subscription. */
export async function resolveInvoicePlan(
  invoice: Invoice,
  context: RequestContext,
  info: FieldPlace,
): Promise<PlanReference | null> {
  const { plan, provider, subscriptionId } = invoice;
  if (plan !== null) return resolvePlanReference(plan, context, info);
  if (subscriptionId === null) return null;
  const found = await context.sources[provider].invoices.subscriptionPlan(subscriptionId);
  return found === null ? null : resolvePlanReference(found, context, info);
}
