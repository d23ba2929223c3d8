import type { Money } from '../../money/money.ts';
import type { Provider } from '../../provider.ts';
import type { Instant } from '../../time/instant.ts';
import type { CustomerRef } from '../customer/customer.ts';

/** Where a cost comes from: Metronome's daily costs, or Maple's upcoming invoice. */
export type CostBasis = 'DAILY_USAGE' | 'UPCOMING_INVOICE';

/** What a customer has run up and not yet been invoiced for in one window of time. */
export interface Cost {
  readonly provider: Provider;
  readonly customer: CustomerRef;
  readonly basis: CostBasis;
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** One per pricing unit. */
  readonly amounts: readonly CostAmount[];
}

/** The cost in one pricing unit. */
export interface CostAmount {
  readonly total: Money;
  readonly lineItems: readonly CostLineItem[];
}

/** A part of a cost. */
export interface CostLineItem {
  readonly name: string;
  readonly cost: Money;
  readonly groupKey: string | null;
  readonly groupValue: string | null;
}
