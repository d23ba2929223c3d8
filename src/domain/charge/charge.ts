import type { JsonObject } from '../../json/json-object.ts';
import type { Decimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { Provider } from '../../provider.ts';
import type { Instant } from '../../time/instant.ts';
import type { CustomerRef } from '../customer/customer.ts';
import type { PlanRef } from '../plan/plan.ts';
import type { Pricing } from './pricing.ts';

/** What a charge is for. A name that is absent has not been read. */
export interface ProductReference {
  readonly provider: Provider;
  readonly providerId: string;
  readonly name?: string;
}

/** OTHER where the provider names another type; `providerKind` keeps its word. */
export type ChargeKind = 'USAGE' | 'FIXED' | 'COMPOSITE' | 'MINIMUM' | 'SEAT' | 'SUBSCRIPTION' | 'OTHER';

/** What plan charges and one-time charges have in common. */
export interface Charge {
  readonly provider: Provider;
  readonly providerId: string;
  readonly name: string;
  readonly product: ProductReference | null;
  readonly customFields: JsonObject;
}

/** A component of a plan's price. */
export interface PlanCharge extends Charge {
  readonly type: 'PlanCharge';
  readonly plan: PlanRef;
  readonly kind: ChargeKind;
  /** The kind as the provider spells it; null where it has none. */
  readonly providerKind: string | null;
  readonly pricing: Pricing;
  readonly quantity: Decimal | null;
  /** Billing periods that pass before the charge applies (a price ramp). */
  readonly startPeriod: number | null;
  /** Billing periods between two resets of the tier count. */
  readonly tierResetFrequency: number | null;
  readonly unitConversion: UnitConversion | null;
  /** Maple only: the least that this charge bills per period. */
  readonly minimumSpend: Money | null;
  /** Maple only: what is billed before any unit. */
  readonly basePrice: Money | null;
}

/** How metered units become billed units. */
export interface UnitConversion {
  readonly divisionFactor: Decimal;
  /** Null where the quantity keeps its decimals, or where `providerRounding` is unknown. */
  readonly rounding: 'FLOOR' | 'CEILING' | null;
  /** The rounding as the provider spells it. */
  readonly providerRounding: string | null;
}

/** Billed once. */
export interface OneTimeCharge extends Charge {
  readonly type: 'OneTimeCharge';
  /** The upstream ids that reading it again needs, customer first. */
  readonly path: readonly string[];
  readonly customer: CustomerRef;
  readonly quantity: Decimal;
  readonly unitPrice: Money | null;
  readonly total: Money | null;
  /** As the provider spells it: a Maple state, or the status of the Metronome invoice that it is on. */
  readonly status: string | null;
  readonly createdAt: Instant | null;
}
