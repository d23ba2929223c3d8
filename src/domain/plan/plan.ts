import type { JsonObject } from '../../json/json-object.ts';
import type { CurrencyCode } from '../../money/currency.ts';
import type { Money } from '../../money/money.ts';
import type { Provider } from '../../provider.ts';
import type { Instant } from '../../time/instant.ts';

/** Every kind of price offer; RATE_CARD and PACKAGE belong to Metronome's contracts generation. */
export const PLAN_KINDS = ['PLAN', 'RATE_CARD', 'PACKAGE', 'BUNDLE', 'PRODUCT_PRICING'] as const;

/** What kind of price offer a plan is at its provider. */
export type PlanKind = (typeof PLAN_KINDS)[number];

/** Whether a text names a plan kind. */
export function isPlanKind(text: string): text is PlanKind {
  return PLAN_KINDS.some((kind) => kind === text);
}

/** Which price offer of which provider. */
export interface PlanRef {
  readonly provider: Provider;
  readonly kind: PlanKind;
  readonly providerId: string;
}

/** UNKNOWN where the provider says something else, or nothing (Metronome plans). */
export type PlanStatus = 'ACTIVE' | 'ARCHIVED' | 'UNKNOWN';

/** A price offer. */
export interface Plan extends PlanRef {
  readonly name: string;
  readonly description: string | null;
  readonly status: PlanStatus;
  /** The status as the provider spells it; null where it has no such field. */
  readonly providerStatus: string | null;
  readonly currency: CurrencyCode | null;
  readonly customFields: JsonObject;
  /** Null where the provider knows no minimums of a plan (Maple has them on single charges). */
  readonly minimums: readonly PlanMinimum[] | null;
}

/** A plan of which only some fields are at hand; a field that is absent has not been read. */
export type PlanReference = PlanRef & Partial<Plan>;

/** Fields of the Plan type that need nothing but the reference: the charges below it have reads of their own. */
const NEED_NO_READ: ReadonlySet<string> = new Set([
  '__typename',
  'id',
  'provider',
  'providerId',
  'kind',
  'charges',
]);

/** Whether a plan reference holds all that the named fields of the Plan type need. */
export function holdsPlanFields(reference: PlanReference, fields: ReadonlySet<string>): boolean {
  return [...fields].every((field) => NEED_NO_READ.has(field) || field in reference);
}

/** The least that a plan bills per period. */
export interface PlanMinimum {
  readonly name: string;
  readonly amount: Money;
  /** Billing periods that pass before it applies. */
  readonly startPeriod: number;
}

/** UNKNOWN where the provider says something else; `providerStatus` keeps its word. */
export type SubscriptionStatus =
  | 'UPCOMING'
  | 'ACTIVE'
  | 'TRIALING'
  | 'PAUSED'
  | 'CANCELLED'
  | 'ENDED'
  | 'UNKNOWN';

/** How one customer holds one plan: a Metronome customer plan, a Maple subscription. */
export interface CustomerPlan {
  readonly plan: PlanReference;
  readonly subscriptionId: string;
  readonly status: SubscriptionStatus;
  /** The status as the provider spells it; null where it follows from dates. */
  readonly providerStatus: string | null;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly nextInvoiceAt: Instant | null;
  readonly customFields: JsonObject;
}
