import { isOver, leaseUntil } from './lease.ts';
import { RecordStoreError, type RecordStore } from './record-store.ts';
import type { WriteClock } from './write-clock.ts';
import {
  decodeRecord,
  encodeRecord,
  newRecord,
  type OpenRecord,
  type RefusedRecord,
  type SucceededRecord,
  type WriteRecord,
} from './write-record.ts';

/** The upstreams promise their side for a day; records outlive every sensible retry. */
export const KEEP_MS = 7 * 24 * 3_600_000;

/** Somebody else works on the record now: this call's lease was over. */
export class RecordLostError extends Error {
  override readonly name = 'RecordLostError';
}

/** What taking a record came to. */
export type TakenRecord =
  | { readonly kind: 'held'; readonly held: HeldRecord }
  | { readonly kind: 'finished'; readonly record: SucceededRecord | RefusedRecord }
  | { readonly kind: 'conflict'; readonly reason: 'other-input' | 'running' };

/** An open record that only this call works on. */
export class HeldRecord {
  #record: OpenRecord;
  #version: number;
  readonly #store: RecordStore;
  readonly #key: string;

  private constructor(store: RecordStore, key: string, record: OpenRecord, version: number) {
    this.#store = store;
    this.#key = key;
    this.#record = record;
    this.#version = version;
  }

  /**
   * Takes the record of a key, or makes it.
   *
   * @param untilMs when this call has ended at the latest
   * @throws RecordStoreError
   */
  static async take(
    store: RecordStore,
    key: string,
    fingerprint: string,
    untilMs: number,
    clock: WriteClock,
  ): Promise<TakenRecord> {
    for (;;) {
      const stored = await store.get(key);
      const known = stored === null ? null : decodeRecord(stored.text);
      if (known !== null && known.fingerprint !== fingerprint)
        return { kind: 'conflict', reason: 'other-input' };
      if (known !== null && known.state !== 'open') return { kind: 'finished', record: known };
      if (known !== null && !isOver(known.lease, clock.now())) return { kind: 'conflict', reason: 'running' };
      const lease = leaseUntil(untilMs);
      const record = known === null ? newRecord(fingerprint, lease) : { ...known, lease };
      const expected = stored?.version ?? null;
      const version = await store.put(key, encodeRecord(record), { expected, keepMs: KEEP_MS });
      if (version !== null) return { kind: 'held', held: new HeldRecord(store, key, record, version) };
    }
  }

  get record(): OpenRecord {
    return this.#record;
  }

  /**
   * Puts what is known now.
   *
   * @throws RecordStoreError, RecordLostError
   */
  async save(record: OpenRecord): Promise<void> {
    await this.#put(record);
    this.#record = record;
  }

  /** Puts the final outcome. One that cannot be put is found out again by the next call. */
  async finish(record: SucceededRecord | RefusedRecord): Promise<void> {
    await ifPossible(this.#put(record));
  }

  /** Leaves the record for a later call. One that cannot be put is free when its lease is over. */
  async release(record: OpenRecord): Promise<void> {
    await ifPossible(this.#put({ ...record, lease: null }));
  }

  /** Forgets the key: nothing was sent, and nothing has to be remembered. */
  async forget(): Promise<void> {
    await ifPossible(this.#store.remove(this.#key, this.#version));
  }

  async #put(record: WriteRecord): Promise<void> {
    const options = { expected: this.#version, keepMs: KEEP_MS };
    const version = await this.#store.put(this.#key, encodeRecord(record), options);
    if (version === null) throw new RecordLostError('another call has taken the record');
    this.#version = version;
  }
}

async function ifPossible(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof RecordStoreError || error instanceof RecordLostError)) throw error;
  }
}
