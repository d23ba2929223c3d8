import type { CustomerPlan, PlanReference, SubscriptionStatus } from '../../domain/plan/plan.ts';
import type { Instant } from '../../time/instant.ts';
import { jsonObjectOf, optionalInstant } from '../http/wire-values.ts';
import { pathIdOf } from '../http/path-id.ts';
import type { MapleSubscription } from './wire.gen.ts';

/** How a customer holds a plan, from a subscription (maple.md section 5.1) and what is known of its bundle. */
export function customerPlanFrom(row: MapleSubscription, plan: PlanReference): CustomerPlan {
  return {
    plan,
    subscriptionId: row.id,
    status: subscriptionStatusOf(row),
    providerStatus: row.status,
    startsAt: optionalInstant('MAPLE', row.start_date, 'subscription.start_date'),
    endsAt: optionalInstant('MAPLE', row.end_date, 'subscription.end_date'),
    nextInvoiceAt: nextInvoiceAtOf(row),
    customFields: jsonObjectOf(row.metadata),
  };
}

/**
 * The plan of a subscription: its bundle, auto-generated or not, with nothing read of it but the id.
 *
 * @throws UpstreamInvalidResponseError naming `subscription.bundle_pricing_id` where the subscription has none
 */
export function bundleReferenceFrom(row: MapleSubscription): PlanReference {
  const providerId = pathIdOf('MAPLE', row.bundle_pricing_id, 'subscription.bundle_pricing_id');
  return { provider: 'MAPLE', kind: 'BUNDLE', providerId };
}

/**
 * The status of a subscription. The spelling of the trial state is not documented (maple.md section 5.1), so each
 * likely one counts, and so does the flag on an active one. Maple's word wins over its dates.
 */
export function subscriptionStatusOf(row: Pick<MapleSubscription, 'status' | 'trial'>): SubscriptionStatus {
  switch (row.status) {
    case 'ACTIVE':
      return row.trial === true ? 'TRIALING' : 'ACTIVE';
    case 'TRIALING':
    case 'TRIAL':
    case 'IN_TRIAL':
      return 'TRIALING';
    case 'PAUSED':
      return 'PAUSED';
    case 'CANCELLED':
    case 'CANCELED':
      return 'CANCELLED';
    case 'ENDED':
      return 'ENDED';
    default:
      return 'UNKNOWN';
  }
}

/** The date that orders a customer's plans: the start, else the creation. */
export function subscriptionDateOf(row: MapleSubscription): Instant | null {
  return (
    optionalInstant('MAPLE', row.start_date, 'subscription.start_date') ??
    optionalInstant('MAPLE', row.created_at, 'subscription.created_at')
  );
}

/** When the subscription is invoiced next; null where that is not planned. */
export function nextInvoiceAtOf(row: MapleSubscription): Instant | null {
  return optionalInstant('MAPLE', row.next_invoice_date, 'subscription.next_invoice_date');
}
