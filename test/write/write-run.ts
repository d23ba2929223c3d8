import { onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import type { RecordStore } from '../../src/write/record-store.ts';
import { recordKey, upstreamKey, type CallerKey } from '../../src/write/write-keys.ts';
import type { WriteNotices } from '../../src/write/write-notices.ts';
import { decodeRecord, encodeRecord, type WriteRecord } from '../../src/write/write-record.ts';
import { WriteRunner } from '../../src/write/write-runner.ts';
import type { Write, WriteOutcome } from '../../src/write/write.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import type { ScriptedWrite } from './scripted-write.ts';

/** The key of calls that say nothing else. */
const CALLER_KEY: CallerKey = { account: 'account', caller: 'caller', idempotencyKey: 'key' };
/** How long upstreams of these tests may act on what has failed. */
export const SETTLE_MS = 2000;

/** What a call may have of its own. */
export interface RunCall {
  readonly idempotencyKey?: string;
  readonly caller?: string;
  /** How long the call may take. */
  readonly forMs?: number;
}

/** A runner on a clock that stands still until somebody waits for it, and the records behind it. */
export interface WriteRun {
  readonly clock: VirtualClock;
  readonly store: RecordStore;
  readonly runner: WriteRunner;
  /** Runs a write to its end. */
  call<Result>(write: Write<Result>, call?: RunCall): Promise<WriteOutcome<Result>>;
  /** What the store says of the key of calls that say nothing else. */
  record(): Promise<WriteRecord | null>;
  /** Puts that in the place of what the store says. */
  setRecord(record: WriteRecord): Promise<void>;
}

/** What a test may change. */
export interface WriteRunOptions {
  /** Gives the store as the runner sees it; itself where it is left out. */
  readonly wrap?: (store: RecordStore) => RecordStore;
  readonly notices?: WriteNotices;
}

/** Nobody keeps what was read. */
const NOBODY_TO_TELL: WriteNotices = { begin: () => Promise.resolve({ end: () => Promise.resolve() }) };

/** A runner without any record. */
export function startWriteRun({
  wrap = (store) => store,
  notices = NOBODY_TO_TELL,
}: WriteRunOptions = {}): WriteRun {
  const clock = createVirtualClock();
  const store = openSqliteStore(':memory:', clock.now);
  onTestFinished(() => store.close());
  const { account, caller: defaultCaller, idempotencyKey: defaultKey } = CALLER_KEY;
  const runner = new WriteRunner({ store: wrap(store), account, clock, settleMs: SETTLE_MS, notices });
  return {
    clock,
    store,
    runner,
    async call(write, { idempotencyKey = defaultKey, caller = defaultCaller, forMs = 10_000 } = {}) {
      const endsAtMs = clock.now() + forMs;
      // Settled, since the clock looks at it only after everything else.
      const running = Promise.allSettled([runner.run(write, { caller, idempotencyKey, endsAtMs })]);
      const [settled] = (await clock.until(running)) ?? [];
      if (settled === undefined) throw new Error('the call does not end');
      if (settled.status === 'rejected') throw settled.reason;
      return settled.value;
    },
    async record() {
      const stored = await store.get(recordKey(CALLER_KEY));
      return stored === null ? null : decodeRecord(stored.text);
    },
    async setRecord(record) {
      const stored = await store.get(recordKey(CALLER_KEY));
      const options = { expected: stored?.version ?? null, keepMs: 3_600_000 };
      await store.put(recordKey(CALLER_KEY), encodeRecord(record), options);
    },
  };
}

/** Takes the steps that were made since the last look, in words: `survey`, `send under key 1`, `find`. */
export function stepsOf({ steps }: ScriptedWrite): string[] {
  return steps
    .splice(0)
    .map((step) => (step.kind === 'send' ? `send under key ${generationOf(step.key)}` : step.kind));
}

/** Which of the keys of `CALLER_KEY` this is. */
function generationOf(key: string): number {
  const generation = [1, 2, 3, 4].find((candidate) => upstreamKey(CALLER_KEY, candidate) === key);
  if (generation === undefined) throw new Error('the key belongs to another call');
  return generation;
}
