import type { BillingSource, ProviderHealth } from '../../domain/provider/billing-source.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { createChargeSource } from './charge-source.ts';
import { MapleClient } from './client.ts';
import { createCostSource } from './cost-source.ts';
import { createCustomerSource } from './customer-source.ts';
import { createInvoiceSource } from './invoice-source.ts';
import { createMapleLoaders, type MapleLoaders } from './loaders.ts';
import { createPlanSource } from './plan-source.ts';
import type { MaplePriceUnit } from './price-scale.ts';

/** What a source of one GraphQL request is made of. */
export interface MapleSourceOptions {
  readonly client: UpstreamClient;
  /** Ends every read of the request. */
  readonly signal: AbortSignal;
  /** The clock that all sources are given; nothing in Maple's answers is judged by it. */
  readonly now: () => Date;
  /** Whether the client talks to the embedded sandbox. */
  readonly sandbox: boolean;
  /** `cmp_…`, in front of every path. */
  readonly companyId: string;
  readonly priceUnit: MaplePriceUnit;
}

/** An upstream that was heard of this recently is not asked again how it is. */
const HEALTH_AGE_MS = 30_000;

/** Maple as a billing source; lives for one GraphQL request, within which no read is sent twice. */
export function createMapleSource(options: MapleSourceOptions): BillingSource {
  const { client, signal, sandbox, companyId, priceUnit } = options;
  const loaders = createMapleLoaders(new MapleClient(client, signal, companyId));
  return {
    provider: 'MAPLE',
    sandbox,
    customers: createCustomerSource(loaders),
    plans: createPlanSource(loaders),
    charges: createChargeSource(loaders, priceUnit),
    invoices: createInvoiceSource(loaders),
    costs: createCostSource(loaders),
    health: () => readHealth(client, loaders),
  };
}

async function readHealth(client: UpstreamClient, loaders: MapleLoaders): Promise<ProviderHealth> {
  if (client.health.isOlderThan(HEALTH_AGE_MS)) {
    // The client has put the outcome on record either way; what went wrong is not the question here.
    await loaders.customerPages.load({ query: {}, token: null, limit: 1 }).catch(() => null);
  }
  return client.health.judge();
}
