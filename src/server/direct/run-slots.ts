import { performance } from 'node:perf_hooks';
import { WaitingLine } from '../../waiting-line.ts';
import type { RunQuery } from './run-query.ts';

/** What tells how busy the event loop is. */
export interface LoopClock {
  /** In milliseconds from any start. */
  now(): number;
  /** How many milliseconds the loop has waited for something to do so far. */
  idleMs(): number;
}

/** Lets only so many queries run at once as keep the processor busy. */
export interface RunSlots {
  /**
   * Takes a slot, which must be left again; null where one was free.
   *
   * @param signal takes the query out of the line: false, and there is no slot to leave
   */
  take(signal: AbortSignal): Promise<boolean> | null;
  /** @param isAbandoned nobody waits for the query any more: those next in line may be about to go as well */
  leave(isAbandoned: boolean): void;
}

/** While they keep the processor busy, no more run at once: what all of them hold would not fit into the young heap. */
const FEW = 4;
/** How often it is looked how busy the loop is, while somebody waits. */
const LOOK_EVERY_MS = 1;
/** By how much each query that ends lowers the limit: so much of the time the loop may stay idle in the long run. */
const LOWER = 0.05;
/** How much the latest queries count in what one costs. */
const WEIGHT = 0.1;
/** Of the loop's time, what a query is taken to cost until one has ended. */
const USUAL_COST_MS = 1;
const LEAST_COST_MS = 0.05;

const EVENT_LOOP: LoopClock = {
  now: () => performance.now(),
  idleMs: () => performance.eventLoopUtilization().idle,
};

/**
 * Few run at once while the processor is busy: that puts off no answer, and those that run are done sooner. Where the loop
 * was idle, since those that run wait for their upstreams, the limit rises by as many as could have been worked on in that
 * time; each query that ends lowers it a little, so that it follows what there is to wait for.
 */
export function createRunSlots(clock: LoopClock = EVENT_LOOP): RunSlots {
  const line = new WaitingLine();
  let running = 0;
  /** How many may run at once; a part of one is saved. */
  let limit = FEW;
  /** Of the loop's time, for each query. */
  let costMs = USUAL_COST_MS;
  /** While it is looked: queries that have ended, and the time that the loop has worked, since the cost was last told. */
  let ended = 0;
  let workedMs = 0;
  let idleMs = 0;
  let lookedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  function letIn(): void {
    while (running < Math.floor(limit) && line.callFirst()) running += 1;
  }

  function startLooking(): void {
    if (timer !== null) return;
    [idleMs, lookedAtMs] = [clock.idleMs(), clock.now()];
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  function look(): void {
    timer = null;
    const wasIdleMs = clock.idleMs() - idleMs;
    workedMs += clock.now() - lookedAtMs - wasIdleMs;
    if (ended > 0) {
      costMs += WEIGHT * (workedMs / ended - costMs);
      [ended, workedMs] = [0, 0];
    }
    if (line.length > 0) limit += wasIdleMs / Math.max(costMs, LEAST_COST_MS);
    letIn();
    if (line.length > 0) startLooking();
    else [ended, workedMs] = [0, 0];
  }

  return {
    take(signal) {
      if (line.length > 0 || running >= Math.floor(limit)) {
        const turn = line.wait(signal);
        startLooking();
        return turn;
      }
      running += 1;
      return null;
    },
    leave(isAbandoned) {
      running -= 1;
      if (timer !== null) ended += 1;
      limit = Math.max(FEW, limit - LOWER);
      if (isAbandoned && line.length > 0) startLooking();
      else letIn();
    },
  };
}

/** Runs queries when a slot is free; the time until then is the request's. Rejects where everybody has left before. */
export function inRunSlots(runQuery: RunQuery, slots: RunSlots, now: () => number): RunQuery {
  return async (query, run) => {
    const askedMs = now();
    const turn = slots.take(run.signal);
    if (turn !== null && !(await turn)) throw run.signal.reason;
    try {
      return await runQuery(query, { ...run, elapsedMs: run.elapsedMs + now() - askedMs });
    } finally {
      slots.leave(run.signal.aborted);
    }
  };
}
