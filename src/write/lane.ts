import { z } from 'zod';
import { KEEP_MS } from './held-record.ts';
import { isDeaf } from './key-guard.ts';
import { isOver, leaseSchema, leaseUntil } from './lease.ts';
import { RecordStoreError, type RecordStore } from './record-store.ts';
import type { Effect, OtherWrites } from './write.ts';
import type { WriteClock } from './write-clock.ts';
import { decodeRecord, type OpenRecord } from './write-record.ts';

const POLL_MS = 25;
/** No upstream takes that long to show what it has done. */
const UNSHOWN_MS = 600_000;
/** Longer than the records of the writes that it serves. */
const KEEP_LANE_MS = 2 * KEEP_MS;

const laneSchema = z.object({
  /** Null when nobody is in it. */
  holder: z.object({ owner: z.string(), lease: leaseSchema }).nullable(),
  /** By effect: the record key of the write that it belongs to. */
  claims: z.record(z.string(), z.object({ owner: z.string(), atMs: z.number() })),
  /** Writes that may be without an outcome, as their records tell; by record key, when they were last in the lane. */
  doubts: z.record(z.string(), z.number()),
});

type LaneRecord = z.infer<typeof laneSchema>;

/** What is known of the other writes of a lane. */
export interface LaneOthers extends OtherWrites {
  /**
   * Whether some of them are without an outcome, so that an effect may be theirs: `deaf` where nothing but a failure will
   * ever come of the keys that they sent.
   */
  readonly inDoubt: 'none' | 'deaf' | 'open';
}

/** What a write leaves behind in its lane. */
export interface LaneTrace {
  /** What is known to belong to it. */
  readonly effect: Effect;
  /** Whether it is left without an outcome. */
  readonly isInDoubt: boolean;
}

/** A lane that a write is in. */
export interface HeldLane {
  /** @throws RecordStoreError */
  others(): Promise<LaneOthers>;
  /**
   * Notes what is known now, and lets the next one in. A lane that cannot be left is free when its lease is over, and the
   * write then counts as without an outcome.
   */
  leave(trace: LaneTrace): Promise<void>;
}

/** For writes whose effect can belong to any number of them. */
export const OPEN_LANE: HeldLane = {
  others: () => Promise.resolve({ claimed: new Set(), baselines: [], inDoubt: 'none' }),
  leave: () => Promise.resolve(),
};

/** How to enter a lane. */
export interface LaneEntry {
  readonly store: RecordStore;
  readonly key: string;
  /** Record key of the write. */
  readonly owner: string;
  /** Whether an earlier call of the write is without an outcome. */
  readonly isInDoubt: boolean;
  readonly clock: WriteClock;
  readonly waitUntilMs: number;
  /** When the write has ended at the latest. */
  readonly untilMs: number;
}

/**
 * Waits for a lane: one at a time is in it. It remembers whose each effect is, and which writes have no outcome yet, so
 * that no write takes another's effect for its own. Null when it is not free in time.
 *
 * @throws RecordStoreError
 */
export async function enterLane(entry: LaneEntry): Promise<HeldLane | null> {
  const { store, key, owner, isInDoubt, clock, waitUntilMs, untilMs } = entry;
  const isEntered = (): Promise<boolean> =>
    changeLane(store, key, (lane) => {
      const nowMs = clock.now();
      if (!isOver(lane.holder?.lease ?? null, nowMs)) return null;
      const doubts = Object.entries(lane.doubts).filter(([, atMs]) => nowMs - atMs < KEEP_MS);
      // Whoever begins now surveys what is there: whose that is matters to writes that began before, and for as long as
      // the upstream may not show it yet.
      const isClean = doubts.length === 0 && !isInDoubt;
      const claims = Object.entries(lane.claims).filter(
        ([, { atMs }]) => !isClean || nowMs - atMs < UNSHOWN_MS,
      );
      return {
        holder: { owner, lease: leaseUntil(untilMs) },
        claims: Object.fromEntries(claims),
        doubts: { ...Object.fromEntries(doubts), [owner]: nowMs },
      };
    });
  while (!(await isEntered())) {
    if (clock.now() + POLL_MS >= waitUntilMs) return null;
    await clock.sleep(POLL_MS);
  }
  return {
    async others() {
      const { claims, doubts } = decode(await store.get(key));
      const others = Object.keys(doubts).filter((other) => other !== owner);
      const records = await Promise.all(others.map((other) => openRecord(store, other)));
      const open = records.filter((record) => record !== null);
      return {
        claimed: new Set(Object.keys(claims).filter((effect) => claims[effect]?.owner !== owner)),
        baselines: open.map(({ before = [] }) => before),
        inDoubt: doubtOf(open, clock.now()),
      };
    },
    async leave(trace) {
      try {
        await changeLane(store, key, (lane) => withTrace(lane, owner, trace, clock.now()));
      } catch (error) {
        if (!(error instanceof RecordStoreError)) throw error;
      }
    },
  };
}

/** The record of a write that may have taken effect, or may still do so; null for any other. */
async function openRecord(store: RecordStore, key: string): Promise<OpenRecord | null> {
  const stored = await store.get(key);
  const record = stored === null ? null : decodeRecord(stored.text);
  return record?.state === 'open' && record.doubtAtMs !== null ? record : null;
}

function doubtOf(records: readonly OpenRecord[], nowMs: number): LaneOthers['inDoubt'] {
  if (records.length === 0) return 'none';
  return records.every((record) => isDeaf(record, nowMs)) ? 'deaf' : 'open';
}

function withTrace(
  { holder, claims, doubts }: LaneRecord,
  owner: string,
  trace: LaneTrace,
  atMs: number,
): LaneRecord {
  const { [owner]: own = atMs, ...others } = doubts;
  const claimed = Object.fromEntries(trace.effect.map((name) => [name, { owner, atMs }]));
  return {
    holder: holder?.owner === owner ? null : holder,
    claims: { ...claims, ...claimed },
    doubts: trace.isInDoubt ? { ...others, [owner]: own } : others,
  };
}

/** @param change the record as it shall be; null to leave it as it is, which is answered with false */
async function changeLane(
  store: RecordStore,
  key: string,
  change: (lane: LaneRecord) => LaneRecord | null,
): Promise<boolean> {
  for (;;) {
    const stored = await store.get(key);
    const next = change(decode(stored));
    if (next === null) return false;
    const options = { expected: stored?.version ?? null, keepMs: KEEP_LANE_MS };
    if ((await store.put(key, JSON.stringify(next), options)) !== null) return true;
  }
}

function decode(stored: { readonly text: string } | null): LaneRecord {
  return stored === null
    ? { holder: null, claims: {}, doubts: {} }
    : laneSchema.parse(JSON.parse(stored.text));
}
