import type { ProviderHealth } from '../../domain/provider/billing-source.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import type { MetronomeLoaders } from './loaders.ts';

/** After this long without a call, what was heard last says too little. */
const STALE_AFTER_MS = 30_000;

/** How Metronome is doing by its latest answers, after one small read where those are old. Never throws. */
export async function metronomeHealth(
  client: UpstreamClient,
  loaders: MetronomeLoaders,
): Promise<ProviderHealth> {
  if (client.health.isOlderThan(STALE_AFTER_MS)) {
    const read = { onlyArchived: false, ingestAlias: null, token: null, limit: 1 };
    // The client's record keeps the outcome, failures included, and that is all that is asked for here.
    await Promise.allSettled([loaders.customerPage.load(read)]);
  }
  return client.health.judge();
}
