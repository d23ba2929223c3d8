import type { WritableBillingSource } from '../../domain/provider/billing-source.ts';
import { readHealth } from '../http/read-health.ts';
import type { LiveReader, UpstreamClient, UpstreamReader } from '../http/upstream-client.ts';
import { createChargeSource } from './charge-source.ts';
import { MetronomeClient } from './client.ts';
import { createCostSource } from './cost-source.ts';
import { createCustomerSource } from './customer-source.ts';
import { createInvoiceSource } from './invoice-source.ts';
import { createMetronomeLoaders } from './loaders.ts';
import { createPlanSource } from './plan-source.ts';
import { createMetronomeWrites } from './writes.ts';

/** What one GraphQL request gives its Metronome source. */
export interface MetronomeSourceOptions {
  /** What writes go through, with the reads that belong to them. Shared by all requests. */
  readonly client: UpstreamClient;
  /** What asks Metronome itself how it is doing; the client where it is left out. */
  readonly live?: LiveReader;
  /** What queries read through, where answers to other requests serve them too; the client where it is left out. */
  readonly reader?: UpstreamReader;
  /** Ends the request's reads early. */
  readonly signal: AbortSignal;
  /** Decides what is upcoming, active or ended. */
  readonly now: () => Date;
  /** Whether lines of invoices may be asked for; true where it is left out. */
  readonly readsLines?: boolean;
  /** Whether the client talks to the embedded sandbox. */
  readonly sandbox: boolean;
}

/**
 * Metronome as a billing system, for one GraphQL request: each distinct read is sent once.
 *
 * Customers and invoices are the same for both of Metronome's generations (metronome.md section 2); plans, charges and
 * costs are parts of the plans generation, and where parts of the contracts generation would stand beside them.
 */
export function createMetronomeSource({
  client,
  live = client,
  reader = live,
  signal,
  now,
  sandbox,
  readsLines = true,
}: MetronomeSourceOptions): WritableBillingSource<'METRONOME'> {
  const loaders = createMetronomeLoaders(new MetronomeClient(reader, signal, readsLines), client.observer);
  let asking: typeof loaders | null = null;
  return {
    provider: 'METRONOME',
    sandbox,
    customers: createCustomerSource(loaders),
    plans: createPlanSource(loaders, now),
    charges: createChargeSource(loaders),
    invoices: createInvoiceSource(loaders),
    costs: createCostSource(loaders),
    writes: createMetronomeWrites(client, loaders),
    health: () =>
      readHealth(live, () => {
        // An answer to an earlier request says nothing of how Metronome is doing now.
        asking ??= createMetronomeLoaders(new MetronomeClient(live, signal), client.observer);
        return asking.customerPage.load({ onlyArchived: false, ingestAlias: null, token: null, limit: 1 });
      }),
  };
}
