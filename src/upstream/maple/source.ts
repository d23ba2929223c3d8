import type { WritableBillingSource } from '../../domain/provider/billing-source.ts';
import { readHealth } from '../http/read-health.ts';
import type { LiveReader, UpstreamClient, UpstreamReader } from '../http/upstream-client.ts';
import { createChargeSource } from './charge-source.ts';
import { MapleClient } from './client.ts';
import { createCostSource } from './cost-source.ts';
import { createCustomerSource } from './customer-source.ts';
import { createInvoiceSource } from './invoice-source.ts';
import { createMapleLoaders } from './loaders.ts';
import { createPlanSource } from './plan-source.ts';
import type { MaplePriceUnit } from './price-scale.ts';
import { createMapleWrites } from './writes.ts';

/** What a source of one GraphQL request is made of. */
export interface MapleSourceOptions {
  /** What writes go through, with the reads that belong to them. */
  readonly client: UpstreamClient;
  /** What asks Maple itself how it is doing; the client where it is left out. */
  readonly live?: LiveReader;
  /** What queries read through, where answers to other requests serve them too; the client where it is left out. */
  readonly reader?: UpstreamReader;
  /** Ends every read of the request. */
  readonly signal: AbortSignal;
  /** Whether the client talks to the embedded sandbox. */
  readonly sandbox: boolean;
  /** `cmp_…`, in front of every path. */
  readonly companyId: string;
  readonly priceUnit: MaplePriceUnit;
}

/** Maple as a billing source; lives for one GraphQL request, within which no read is sent twice. */
export function createMapleSource(options: MapleSourceOptions): WritableBillingSource<'MAPLE'> {
  const { client, live = client, reader = live, signal, sandbox, companyId, priceUnit } = options;
  const loaders = createMapleLoaders(new MapleClient(reader, signal, companyId));
  let asking: typeof loaders | null = null;
  const charges = createChargeSource(loaders, priceUnit);
  return {
    provider: 'MAPLE',
    sandbox,
    customers: createCustomerSource(loaders),
    plans: createPlanSource(loaders),
    charges,
    invoices: createInvoiceSource(loaders),
    costs: createCostSource(loaders),
    writes: createMapleWrites(client, companyId, charges),
    health: () =>
      readHealth(live, () => {
        // An answer to an earlier request says nothing of how Maple is doing now.
        asking ??= createMapleLoaders(new MapleClient(live, signal, companyId));
        return asking.customerPages.load({ query: {}, token: null, limit: 1 });
      }),
  };
}
