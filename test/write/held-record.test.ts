import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import { HeldRecord, KEEP_MS, RecordLostError, type TakenRecord } from '../../src/write/held-record.ts';
import { leaseUntil } from '../../src/write/lease.ts';
import { RecordStoreError } from '../../src/write/record-store.ts';
import { decodeRecord, encodeRecord, type WriteRecord } from '../../src/write/write-record.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { anOpenRecord } from './open-record.ts';
import { watchStore } from './watched-store.ts';

const KEY = 'write:1';
const DAY_MS = 24 * 3_600_000;

/** A store without a record of the key, and ways to take it. */
function startRecords() {
  const clock = createVirtualClock();
  const store = watchStore(openSqliteStore(':memory:', clock.now));
  onTestFinished(() => store.close());
  const take = (fingerprint = 'fingerprint', forMs = 1000): Promise<TakenRecord> =>
    HeldRecord.take(store, KEY, fingerprint, clock.now() + forMs, clock);
  return {
    clock,
    store,
    take,
    /** Takes it, or fails the test. */
    async mustTake(): Promise<HeldRecord> {
      const taken = await take();
      if (taken.kind !== 'held') throw new Error(`the record is not free: ${taken.kind}`);
      return taken.held;
    },
    async stored(): Promise<WriteRecord | null> {
      const stored = await store.get(KEY);
      return stored === null ? null : decodeRecord(stored.text);
    },
    /** Puts what another process could have put. */
    async put(record: WriteRecord): Promise<void> {
      const stored = await store.get(KEY);
      await store.put(KEY, encodeRecord(record), { expected: stored?.version ?? null, keepMs: KEEP_MS });
    },
  };
}

describe('the record of a key', () => {
  it('is made by the first who takes it, and is with the store then', async () => {
    const { clock, take, stored } = startRecords();
    const taken = await take();
    const record = anOpenRecord({ lease: leaseUntil(clock.now() + 1000) });
    expect(taken).toMatchObject({ kind: 'held', held: { record } });
    expect(await stored()).toEqual(record);
  });

  it('is a conflict for another input, in every state', async () => {
    const { take, put } = startRecords();
    const [fingerprint, status] = ['fingerprint', 400];
    for (const record of [
      anOpenRecord(),
      anOpenRecord({ lease: leaseUntil(0) }),
      { state: 'succeeded', fingerprint, effect: [] },
      { state: 'refused', fingerprint, status },
    ] satisfies WriteRecord[]) {
      await put(record);
      expect(await take('another')).toEqual({ kind: 'conflict', reason: 'other-input' });
    }
  });

  it('is a conflict while another call works on it', async () => {
    const { take, mustTake } = startRecords();
    await mustTake();
    expect(await take()).toEqual({ kind: 'conflict', reason: 'running' });
  });

  it.each([
    { state: 'succeeded', fingerprint: 'fingerprint', effect: ['made'] } as const,
    { state: 'refused', fingerprint: 'fingerprint', status: 422 } as const,
  ])('tells that it $state', async (record) => {
    const { take, mustTake } = startRecords();
    await (await mustTake()).finish(record);
    expect(await take()).toEqual({ kind: 'finished', record });
  });

  it('is taken over as it was from a call that has left it', async () => {
    const { clock, mustTake } = startRecords();
    const first = await mustTake();
    const left = { ...first.record, before: ['1'], generation: 3, sentAtMs: 7, doubtAtMs: 8, answers: 1 };
    await first.release(left);
    const second = await mustTake();
    expect(second.record).toEqual({ ...left, lease: leaseUntil(clock.now() + 1000) });
  });

  it.each([
    ['of a process that has ended', 'an earlier one', 60_000],
    ['whose time is over', undefined, 0],
  ])('is taken over from a call %s', async (_, process, forMs) => {
    const { clock, put, mustTake } = startRecords();
    const lease = { ...leaseUntil(clock.now() + forMs), ...(process !== undefined && { process }) };
    await put(anOpenRecord({ lease, generation: 2, doubtAtMs: 5 }));
    expect((await mustTake()).record).toMatchObject({ generation: 2, doubtAtMs: 5 });
  });

  it('is free again when the time of its call is over', async () => {
    const { clock, mustTake } = startRecords();
    await mustTake();
    await clock.pass(1000);
    expect((await mustTake()).record.lease).toEqual(leaseUntil(clock.now() + 1000));
  });

  it('goes to one of two who take it at once', async () => {
    const { clock, store, take, mustTake } = startRecords();
    store.beforeNextPut(mustTake);
    expect(await take()).toEqual({ kind: 'conflict', reason: 'running' });
    await clock.pass(1000);
    const everyone = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(everyone.filter(({ kind }) => kind === 'held')).toHaveLength(1);
  });

  it('is kept for days after its last change, and then is no more', async () => {
    const { clock, mustTake, stored } = startRecords();
    const held = await mustTake();
    await clock.pass(500);
    await held.finish({ state: 'refused', fingerprint: 'fingerprint', status: 400 });
    await clock.pass(KEEP_MS - 1);
    expect(await stored()).toMatchObject({ state: 'refused' });
    expect(KEEP_MS).toBeGreaterThan(DAY_MS);
    await clock.pass(1);
    expect(await stored()).toBeNull();
  });

  it('can be forgotten, and is then free for any input', async () => {
    const { take, mustTake, stored } = startRecords();
    await (await mustTake()).forget();
    expect(await stored()).toBeNull();
    expect(await take('another')).toMatchObject({ kind: 'held' });
  });
});

describe('a held record', () => {
  it('holds what was saved, and has saved what it holds', async () => {
    const { mustTake, stored } = startRecords();
    const held = await mustTake();
    for (const generation of [2, 3]) {
      await held.save({ ...held.record, generation });
      expect(held.record.generation).toBe(generation);
      expect(await stored()).toEqual(held.record);
    }
  });

  it('is lost to a call that has taken it over, and changes nothing any more', async () => {
    const { clock, mustTake, stored } = startRecords();
    const first = await mustTake();
    await clock.pass(1000);
    const second = await mustTake();
    await expect(first.save({ ...first.record, generation: 9 })).rejects.toThrow(RecordLostError);
    expect(first.record.generation).toBe(1);
    await first.finish({ state: 'refused', fingerprint: 'fingerprint', status: 400 });
    await first.release(first.record);
    await first.forget();
    expect(await stored()).toEqual(second.record);
  });

  it('is lost when the store has lost it', async () => {
    const { store, mustTake } = startRecords();
    const held = await mustTake();
    const { version = 0 } = (await store.get(KEY)) ?? {};
    await store.remove(KEY, version);
    await expect(held.save(held.record)).rejects.toThrow(RecordLostError);
  });

  it('is not saved where the store is away, and otherwise left to the end of its lease', async () => {
    const { store, take, mustTake } = startRecords();
    const held = await mustTake();
    store.failWhere(() => true);
    await expect(take()).rejects.toThrow(RecordStoreError);
    await expect(held.save({ ...held.record, generation: 9 })).rejects.toThrow(RecordStoreError);
    expect(held.record.generation).toBe(1);
    await held.finish({ state: 'refused', fingerprint: 'fingerprint', status: 400 });
    await held.release(held.record);
    await held.forget();
    store.failWhere(() => false);
    expect(await take()).toEqual({ kind: 'conflict', reason: 'running' });
  });
});
