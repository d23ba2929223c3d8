import { randomUUID } from 'node:crypto';
import { writtenSubjects } from './read-keys.ts';
import { ReadStoreError, type ReadStore } from './read-store.ts';

/** A write of a customer, as far as reads are concerned. */
export interface CustomerWrite {
  /** Names the account at the provider. */
  readonly account: string;
  readonly customerId: string;
  /** When nothing more is heard of the write, it counts as over after this time. */
  readonly forMs: number;
}

/** A write under way: nothing that is read of its customer meanwhile is kept or shared. */
export interface BegunWrite {
  /**
   * Never rejects; where the store cannot be told, the write counts as over when its time is.
   *
   * @param isSure whether nothing more can come of the write
   */
  end(isSure: boolean): Promise<void>;
}

/** How long an upstream may act on a write after nobody waits for its answer any more. */
const DOUBT_MS = 60_000;

/**
 * Says that a write of a customer begins. What was read of the customer before, or of all customers, is used no more.
 *
 * @throws ReadStoreError where it cannot be said; what was kept may then still be used by others
 */
export async function beginCustomerWrite(
  store: ReadStore,
  { account, customerId, forMs }: CustomerWrite,
): Promise<BegunWrite> {
  const write = randomUUID();
  const subjects = writtenSubjects(account, customerId);
  await store.beginWrite(write, subjects, forMs);
  return {
    async end(isSure) {
      try {
        if (isSure) await store.endWrite(write, subjects);
        else await store.beginWrite(write, subjects, DOUBT_MS);
      } catch (error) {
        if (!(error instanceof ReadStoreError)) throw error;
      }
    },
  };
}
