import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { MetronomeClient } from './client.ts';
import { everyRow } from './every-row.ts';
import { idKey, isUuid } from './id-key.ts';
import type { MetronomeCustomerDetail } from './wire.gen.ts';

/** A customer as Metronome gives it, with what the list that it came from says about it. */
export interface CustomerRow {
  readonly detail: MetronomeCustomerDetail;
  /** Whether it came from a list of archived customers only. */
  readonly fromArchive: boolean;
}

/** At most this many ids fit into `customer_ids` (metronome.md section 3). */
export const MAX_CUSTOMER_IDS = 100;

/**
 * Reads up to 100 customers by id: one call for all, and one more for those that it did not give, since a list holds
 * either active or archived customers. Rows are matched by id; what was not asked for is ignored.
 *
 * @returns for each id in turn its customer, null when Metronome does not know it, or the error that kept it from being
 *   known; never rejects
 */
export async function customersById(
  client: MetronomeClient,
  ids: readonly string[],
): Promise<(CustomerRow | Error | null)[]> {
  const found = new Map<string, CustomerRow | Error>();
  // Metronome ids are UUIDs; were a call with anything else refused, it must not take the others along.
  const groups = [ids.filter((id) => isUuid(id)), ids.filter((id) => !isUuid(id))];
  await Promise.all(groups.filter((group) => group.length > 0).map((group) => findAll(client, group, found)));
  return ids.map((id) => found.get(idKey(id)) ?? null);
}

async function findAll(
  client: MetronomeClient,
  ids: readonly string[],
  found: Map<string, CustomerRow | Error>,
): Promise<void> {
  const missing = new Map(ids.map((id) => [idKey(id), id]));
  try {
    for (const fromArchive of [false, true]) {
      if (missing.size === 0) return;
      const query = { onlyArchived: fromArchive, customerIds: [...missing.values()] };
      const rows = everyRow((token) => client.listCustomers(query, { token, limit: MAX_PAGE_LIMIT }));
      for await (const detail of rows) {
        const key = idKey(detail.id);
        if (missing.delete(key)) found.set(key, { detail, fromArchive });
        if (missing.size === 0) return;
      }
    }
  } catch (error) {
    const failure =
      error instanceof Error ? error : new Error('a read failed with something that is not an error');
    for (const key of missing.keys()) found.set(key, failure);
  }
}
