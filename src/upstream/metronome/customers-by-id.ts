import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { MetronomeClient } from './client.ts';
import { everyPage } from './every-row.ts';
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
  const [uuids, others] = [new Map<string, string>(), new Map<string, string>()];
  const keys = ids.map((id) => {
    const key = idKey(id);
    (isUuid(id) ? uuids : others).set(key, id);
    return key;
  });
  const groups = [uuids, others].filter(({ size }) => size > 0);
  await Promise.all(groups.map((group) => findAll(client, group, found)));
  return keys.map((key) => found.get(key) ?? null);
}

/** @param missing by their keys; loses those that are found */
async function findAll(
  client: MetronomeClient,
  missing: Map<string, string>,
  found: Map<string, CustomerRow | Error>,
): Promise<void> {
  try {
    for (const fromArchive of [false, true]) {
      if (missing.size === 0) return;
      const query = { onlyArchived: fromArchive, customerIds: [...missing.values()] };
      const pages = everyPage((token) => client.listCustomers(query, { token, limit: MAX_PAGE_LIMIT }));
      for await (const rows of pages) {
        for (const detail of rows) {
          const key = idKey(detail.id);
          if (missing.delete(key)) found.set(key, { detail, fromArchive });
        }
        if (missing.size === 0) return;
      }
    }
  } catch (error) {
    const failure =
      error instanceof Error ? error : new Error('a read failed with something that is not an error');
    for (const key of missing.keys()) found.set(key, failure);
  }
}
