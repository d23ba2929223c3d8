import type { Provider } from '../../provider.ts';
import type { ChargeSource } from '../charge/charge-source.ts';
import type { CostSource } from '../cost/cost-source.ts';
import type { CustomerSource } from '../customer/customer-source.ts';
import type { InvoiceSource } from '../invoice/invoice-source.ts';
import type { BillingWrites } from '../mutation/billing-writes.ts';
import type { PlanSource } from '../plan/plan-source.ts';

/** How a provider is doing, judged by the latest answers that it gave this process. */
export type ProviderHealth = 'UP' | 'DEGRADED' | 'DOWN';

/** Everything that a billing system must give to take part in the graph; one per request and provider. */
export interface BillingSource {
  readonly provider: Provider;
  /** Whether this is the embedded sandbox and not the real system. */
  readonly sandbox: boolean;
  readonly customers: CustomerSource;
  readonly plans: PlanSource;
  readonly charges: ChargeSource;
  readonly invoices: InvoiceSource;
  readonly costs: CostSource;
  /** Asks the provider when it has not been heard of lately. Never throws. */
  health(): Promise<ProviderHealth>;
}

/** A billing system that can be changed too. */
export interface WritableBillingSource<P extends Provider> extends BillingSource {
  readonly provider: P;
  readonly writes: BillingWrites<P>;
}

/** One source per provider. */
export type BillingSources = { readonly [P in Provider]: WritableBillingSource<P> };
