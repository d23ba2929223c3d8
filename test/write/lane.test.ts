import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import { KEEP_MS } from '../../src/write/held-record.ts';
import { KEY_GUARDS_MS } from '../../src/write/key-guard.ts';
import { enterLane, OPEN_LANE, type HeldLane, type LaneEntry } from '../../src/write/lane.ts';
import { leaseUntil, type Lease } from '../../src/write/lease.ts';
import { RecordStoreError } from '../../src/write/record-store.ts';
import { encodeRecord, newRecord, type OpenRecord, type WriteRecord } from '../../src/write/write-record.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { watchStore } from './watched-store.ts';

const KEY = 'lane:1';
const HOUR_MS = 3_600_000;
const DONE = { effect: [], isInDoubt: false };
const IN_DOUBT = { effect: [], isInDoubt: true };

/** A lane that nobody has been in, and ways into it. */
function startLane() {
  const clock = createVirtualClock();
  const store = watchStore(openSqliteStore(':memory:', clock.now));
  onTestFinished(() => store.close());

  async function enter(owner: string, changes: Partial<LaneEntry> = {}): Promise<HeldLane | null> {
    const [waitUntilMs, untilMs] = [clock.now() + 1000, clock.now() + 2000];
    return clock.until(
      enterLane({ store, key: KEY, owner, isInDoubt: false, clock, waitUntilMs, untilMs, ...changes }),
    );
  }

  return {
    clock,
    store,
    enter,
    /** Enters, or fails the test. */
    async mustEnter(owner: string): Promise<HeldLane> {
      const lane = await enter(owner);
      if (lane === null) throw new Error(`${owner} cannot enter`);
      return lane;
    },
    /** Puts an owner's open record with these members; null for one that has come to an end. */
    async record(owner: string, members: Partial<OpenRecord> | null): Promise<void> {
      const open: OpenRecord = { ...newRecord('print', leaseUntil(0)), ...members };
      const record: WriteRecord =
        members === null ? { state: 'refused', fingerprint: 'print', status: 400 } : open;
      const stored = await store.get(owner);
      await store.put(owner, encodeRecord(record), { expected: stored?.version ?? null, keepMs: KEEP_MS });
    },
    /** Has somebody in the lane, as another process would leave it. */
    async occupy(lease: Lease, owner = 'somebody'): Promise<void> {
      const lane = { holder: { owner, lease }, claims: {}, doubts: {} };
      await store.put(KEY, JSON.stringify(lane), { expected: null, keepMs: KEEP_MS });
    },
  };
}

describe('a lane', () => {
  it('that is free is entered at once', async () => {
    const { clock, mustEnter } = startLane();
    const nowMs = clock.now();
    await mustEnter('a');
    expect(clock.now()).toBe(nowMs);
  });

  it('lets the next one in as soon as it is left', async () => {
    const { clock, mustEnter } = startLane();
    const first = await mustEnter('a');
    const nowMs = clock.now();
    clock.after(510, () => void first.leave(DONE));
    await mustEnter('b');
    expect(clock.now() - nowMs).toBeGreaterThanOrEqual(510);
    expect(clock.now() - nowMs).toBeLessThanOrEqual(560);
  });

  it('has one in it at a time, however many wait', async () => {
    const { clock, store } = startLane();
    let inside = 0;
    const visits: string[] = [];
    async function visit(owner: string): Promise<void> {
      const [waitUntilMs, untilMs] = [clock.now() + 60_000, clock.now() + 61_000];
      const lane = await enterLane({ store, key: KEY, owner, isInDoubt: false, clock, waitUntilMs, untilMs });
      inside += 1;
      expect(inside).toBe(1);
      await clock.sleep(100);
      inside -= 1;
      visits.push(owner);
      await lane?.leave(DONE);
    }
    const owners = Array.from({ length: 20 }, (_, index) => `owner-${index}`);
    await clock.until(Promise.all(owners.map(visit)));
    expect(visits.toSorted()).toEqual(owners.toSorted());
  });

  it('is given up when it is not free in time, and is not taken then', async () => {
    const { clock, store, enter, mustEnter } = startLane();
    const first = await mustEnter('a');
    const before = await store.get(KEY);
    const nowMs = clock.now();
    expect(await enter('b')).toBeNull();
    expect(clock.now() - nowMs).toBeLessThan(1000);
    expect(clock.now() - nowMs).toBeGreaterThan(900);
    expect(await store.get(KEY)).toEqual(before);
    await first.leave(DONE);
    expect(await enter('b')).not.toBeNull();
  });

  it('is looked at once even where there is no time to wait', async () => {
    const { clock, enter } = startLane();
    expect(await enter('a', { waitUntilMs: clock.now() })).not.toBeNull();
    expect(await enter('b', { waitUntilMs: clock.now() })).toBeNull();
  });

  it('is free when the time of who is in it is over', async () => {
    const { clock, occupy, enter } = startLane();
    const nowMs = clock.now();
    await occupy({ ...leaseUntil(nowMs + 500), host: 'elsewhere.example.com' });
    expect(await enter('a', { waitUntilMs: nowMs + 400 })).toBeNull();
    expect(await enter('a')).not.toBeNull();
    expect(clock.now() - nowMs).toBe(500);
  });

  it('is free at once when the process of who is in it has ended', async () => {
    const { clock, occupy, mustEnter } = startLane();
    await occupy({ ...leaseUntil(clock.now() + HOUR_MS), process: 'an earlier one' });
    const nowMs = clock.now();
    await mustEnter('a');
    expect(clock.now()).toBe(nowMs);
  });

  it('is not left by one whose time was over, after somebody else has entered', async () => {
    const { clock, mustEnter, enter } = startLane();
    const first = await mustEnter('a');
    await clock.pass(2000);
    await mustEnter('b');
    await first.leave(DONE);
    expect(await enter('c', { waitUntilMs: clock.now() })).toBeNull();
  });

  it('notes what it is told although somebody else changes it at the same time', async () => {
    const { clock, store, mustEnter, enter } = startLane();
    const first = await mustEnter('a');
    await clock.pass(2000);
    store.beforeNextPut(() => mustEnter('b'));
    await first.leave({ effect: ['one'], isInDoubt: false });
    expect(await enter('c', { waitUntilMs: clock.now() })).toBeNull();
    await clock.pass(2000);
    expect([...(await (await mustEnter('c')).others()).claimed]).toEqual(['one']);
  });

  it('that serves any number of writes knows of nobody', async () => {
    await OPEN_LANE.leave({ effect: ['mine'], isInDoubt: true });
    expect(await OPEN_LANE.others()).toEqual({ claimed: new Set(), baselines: [], inDoubt: 'none' });
  });
});

describe('what a lane remembers', () => {
  it('are the effects of others, and not the own ones', async () => {
    const { mustEnter } = startLane();
    await (await mustEnter('a')).leave({ effect: ['one', 'two'], isInDoubt: false });
    await (await mustEnter('b')).leave({ effect: ['three'], isInDoubt: false });
    await (await mustEnter('c')).leave(DONE);
    expect([...(await (await mustEnter('a')).others()).claimed]).toEqual(['three']);
  });

  it('are no effects that every write which begins will find there, while none is without an outcome', async () => {
    const { clock, mustEnter, enter } = startLane();
    await (await mustEnter('a')).leave({ effect: ['one'], isInDoubt: false });
    await clock.pass(HOUR_MS);
    const resumed = await enter('b', { isInDoubt: true });
    expect([...((await resumed?.others())?.claimed ?? [])]).toEqual(['one']);
    await resumed?.leave(DONE);
    await (await mustEnter('c')).leave(IN_DOUBT);
    expect((await (await mustEnter('d')).others()).claimed).toEqual(new Set());
  });

  it('is whether others are without an outcome', async () => {
    const { mustEnter, record } = startLane();
    await record('a', { doubtAtMs: 1, before: ['there'] });
    await (await mustEnter('a')).leave(IN_DOUBT);
    const own = await mustEnter('a');
    expect(await own.others()).toEqual({ claimed: new Set(), baselines: [], inDoubt: 'none' });
    await own.leave(IN_DOUBT);
    const other = await mustEnter('b');
    expect(await other.others()).toMatchObject({ baselines: [['there']], inDoubt: 'open' });
    await other.leave(DONE);
    await (await mustEnter('a')).leave({ effect: ['made'], isInDoubt: false });
    expect((await (await mustEnter('b')).others()).inDoubt).toBe('none');
  });

  it('is that all others are deaf, where none of them can be told any more', async () => {
    const { mustEnter, record } = startLane();
    await record('a', { doubtAtMs: 1, answers: 4 });
    await record('b', { doubtAtMs: 1, answers: 9 });
    await (await mustEnter('a')).leave(IN_DOUBT);
    await (await mustEnter('b')).leave(IN_DOUBT);
    const own = await mustEnter('c');
    expect((await own.others()).inDoubt).toBe('deaf');
    await own.leave(DONE);
    await record('b', { doubtAtMs: 1, answers: 3 });
    expect((await (await mustEnter('c')).others()).inDoubt).toBe('open');
  });

  it('is that others are deaf, when the upstream has forgotten what they sent', async () => {
    const { clock, mustEnter, record } = startLane();
    await record('a', { doubtAtMs: 1, sentAtMs: clock.now() });
    await (await mustEnter('a')).leave(IN_DOUBT);
    await clock.pass(KEY_GUARDS_MS);
    const early = await mustEnter('b');
    expect((await early.others()).inDoubt).toBe('open');
    await early.leave(DONE);
    await clock.pass(1);
    expect((await (await mustEnter('b')).others()).inDoubt).toBe('deaf');
  });

  it('is that somebody who could not leave is without an outcome, as the record tells', async () => {
    const { clock, mustEnter, record } = startLane();
    await record('a', { doubtAtMs: 1 });
    await mustEnter('a');
    await clock.pass(2000);
    const later = await mustEnter('b');
    expect((await later.others()).inDoubt).toBe('open');
    await record('a', { doubtAtMs: null });
    expect((await later.others()).inDoubt).toBe('none');
    await record('a', null);
    expect((await later.others()).inDoubt).toBe('none');
  });

  it('is forgotten of those without an outcome when their records are', async () => {
    const { clock, mustEnter, record } = startLane();
    await record('a', { doubtAtMs: 1 });
    await (await mustEnter('a')).leave(IN_DOUBT);
    await clock.pass(KEEP_MS);
    expect((await (await mustEnter('b')).others()).inDoubt).toBe('none');
  });

  it('outlives the records of the writes', async () => {
    const { clock, mustEnter, enter } = startLane();
    await (await mustEnter('a')).leave({ effect: ['one'], isInDoubt: false });
    await clock.pass(KEEP_MS + HOUR_MS);
    const resumed = await enter('b', { isInDoubt: true });
    expect([...((await resumed?.others())?.claimed ?? [])]).toEqual(['one']);
  });
});

describe('a lane whose records are away', () => {
  it('is not entered, and not looked at', async () => {
    const { clock, store, mustEnter } = startLane();
    const lane = await mustEnter('a');
    store.failWhere(() => true);
    const entry = { store, key: KEY, owner: 'b', isInDoubt: false, clock, waitUntilMs: 0, untilMs: 0 };
    await expect(enterLane(entry)).rejects.toThrow(RecordStoreError);
    await expect(lane.others()).rejects.toThrow(RecordStoreError);
  });

  it('is left all the same, and free when the time is over', async () => {
    const { clock, store, mustEnter, enter } = startLane();
    const lane = await mustEnter('a');
    store.failWhere(() => true);
    await lane.leave({ effect: ['one'], isInDoubt: false });
    store.failWhere(() => false);
    expect(await enter('b', { waitUntilMs: clock.now() })).toBeNull();
    await clock.pass(2000);
    expect(await enter('b')).not.toBeNull();
  });
});
