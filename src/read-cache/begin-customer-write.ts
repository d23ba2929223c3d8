import { randomUUID } from 'node:crypto';
import { writtenSubjects } from './read-keys.ts';
import { ReadStoreError, type ReadStore } from './read-store.ts';

/** A write of a customer, as far as reads are concerned. */
export interface CustomerWrite {
  /** Names the account at the provider. */
  readonly account: string;
  readonly customerId: string;
  /** How long the write may take. */
  readonly forMs: number;
}

/** A write under way: nothing that is read of its customer meanwhile is kept, or serves for others. */
export interface BegunWrite {
  /** Nothing more can come of the write. Never rejects: where the store cannot be told, the write is over when its time is. */
  end(): Promise<void>;
}

/** How long after its time a write may still take effect of which nothing was heard. */
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
  await store.beginWrite(write, subjects, forMs + DOUBT_MS);
  return {
    async end() {
      try {
        await store.endWrite(write, subjects);
      } catch (error) {
        if (!(error instanceof ReadStoreError)) throw error;
      }
    },
  };
}
