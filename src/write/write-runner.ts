import { startDeadline } from '../time/deadline.ts';
import { HeldRecord } from './held-record.ts';
import { enterLane, OPEN_LANE, type HeldLane } from './lane.ts';
import { RecordStoreError, type RecordStore } from './record-store.ts';
import type { WriteClock } from './write-clock.ts';
import { fingerprint, laneKey, recordKey, type CallerKey } from './write-keys.ts';
import type { WriteNotices } from './write-notices.ts';
import { WriteSession } from './write-session.ts';
import type { Write, WriteOutcome } from './write.ts';

/** What all writes of one process share. */
export interface WriteRunnerOptions {
  readonly store: RecordStore;
  /** Names the upstream accounts that are written to: records of one account say nothing about another. */
  readonly account: string;
  readonly clock: WriteClock;
  /** How long an upstream may still act on a request that it has answered with a failure. */
  readonly settleMs: number;
  readonly notices: WriteNotices;
}

/** Whose write, and until when. */
export interface WriteCall {
  readonly caller: string;
  readonly idempotencyKey: string;
  /** When the answer is due, on the runner's clock. */
  readonly endsAtMs: number;
}

/** Time to put the outcome after the last attempt has been cut off. */
const LEASE_MARGIN_MS = 1000;
const NEVER = new AbortController().signal;

/** Carries out writes so that each takes effect at most once per caller and key, whatever fails. */
export class WriteRunner {
  readonly #options: WriteRunnerOptions;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: WriteRunnerOptions) {
    this.#options = options;
  }

  /** Runs the write to an outcome, also when its client goes away meanwhile. Throws only for faults of the gateway itself. */
  async run<Result>(write: Write<Result>, call: WriteCall): Promise<WriteOutcome<Result>> {
    const running = this.#run(write, call);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Resolves when no write is running. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #run<Result>(write: Write<Result>, call: WriteCall): Promise<WriteOutcome<Result>> {
    const { store, account, clock } = this.#options;
    const callerKey: CallerKey = { account, caller: call.caller, idempotencyKey: call.idempotencyKey };
    // A call whose time is over sends nothing, but still has to look.
    const untilMs = Math.max(call.endsAtMs, clock.now()) + LEASE_MARGIN_MS;
    try {
      const taken = await HeldRecord.take(store, recordKey(callerKey), fingerprint(write), untilMs, clock);
      switch (taken.kind) {
        case 'conflict':
          return taken;
        case 'finished':
          return taken.record.state === 'succeeded'
            ? { kind: 'succeeded', effect: taken.record.effect, result: null }
            : { kind: 'refused', status: taken.record.status };
        case 'held':
          return await this.#runHeld(write, call, callerKey, taken.held);
      }
    } catch (error) {
      // What the record says of earlier calls cannot be read, so nothing can be said of them.
      if (error instanceof RecordStoreError) return { kind: 'unknown' };
      throw error;
    }
  }

  async #runHeld<Result>(
    write: Write<Result>,
    { endsAtMs }: WriteCall,
    callerKey: CallerKey,
    held: HeldRecord,
  ): Promise<WriteOutcome<Result>> {
    const { clock, settleMs, notices } = this.#options;
    const isInDoubt = held.record.doubtAtMs !== null;
    const lane = await this.#enterLane(write, callerKey, isInDoubt, endsAtMs);
    if (typeof lane === 'string') {
      await held.release(held.record);
      return isInDoubt ? { kind: 'unknown' } : { kind: 'unavailable', reason: lane };
    }
    const deadline = startDeadline(Math.max(0, endsAtMs - clock.now()), NEVER);
    const { signal } = deadline;
    try {
      return await new WriteSession({
        write,
        held,
        lane,
        notices,
        callerKey,
        clock,
        settleMs,
        endsAtMs,
        signal,
      }).run();
    } finally {
      deadline.end();
    }
  }

  /** Why not, where the lane is not free in time, or cannot be looked up. */
  async #enterLane(
    { provider, lane }: Write<unknown>,
    callerKey: CallerKey,
    isInDoubt: boolean,
    endsAtMs: number,
  ): Promise<HeldLane | 'lane' | 'records'> {
    if (lane === null) return OPEN_LANE;
    const { store, account, clock } = this.#options;
    const [key, owner] = [laneKey(account, provider, lane), recordKey(callerKey)];
    const untilMs = Math.max(endsAtMs, clock.now()) + LEASE_MARGIN_MS;
    try {
      const entry = { store, key, owner, isInDoubt, clock, waitUntilMs: endsAtMs, untilMs };
      return (await enterLane(entry)) ?? 'lane';
    } catch (error) {
      if (error instanceof RecordStoreError) return 'records';
      throw error;
    }
  }
}
