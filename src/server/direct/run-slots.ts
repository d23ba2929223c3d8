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
/** How often it is looked how busy the loop is, while more run or want to. */
const LOOK_EVERY_MS = 1;
/** Of the time since the last look, spent waiting: there is something left to do more with. */
const IDLE = 0.5;

const EVENT_LOOP: LoopClock = {
  now: () => performance.now(),
  idleMs: () => performance.eventLoopUtilization().idle,
};

/**
 * Few run at once while the processor is busy: that puts off no answer, and those that run are done sooner. When the loop has
 * time left, since those that run wait for their upstreams, more may run with every look; when it has none, one less.
 */
export function createRunSlots(clock: LoopClock = EVENT_LOOP): RunSlots {
  const line = new WaitingLine();
  let running = 0;
  /** How many may run at once. */
  let limit = FEW;
  /** By how much an idle loop raises the limit: twice as much as when it was found idle just before. */
  let step = 1;
  let idleMs = 0;
  let lookedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  function letIn(): void {
    while (running < limit && line.callFirst()) running += 1;
  }

  function startLooking(): void {
    if (timer !== null) return;
    [idleMs, lookedAtMs] = [clock.idleMs(), clock.now()];
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  function look(): void {
    timer = null;
    const isIdle = clock.idleMs() - idleMs > IDLE * (clock.now() - lookedAtMs);
    if (!isIdle) limit = Math.max(FEW, limit - 1);
    else if (line.length > 0 && running >= limit) limit = Math.max(limit, running) + step;
    step = isIdle ? 2 * step : 1;
    letIn();
    if (line.length > 0 || running > FEW) startLooking();
  }

  return {
    take(signal) {
      if (line.length > 0 || running >= limit) {
        const turn = line.wait(signal);
        startLooking();
        return turn;
      }
      running += 1;
      // The limit may still be as high as an idle loop has raised it.
      if (running > FEW) startLooking();
      return null;
    },
    leave(isAbandoned) {
      running -= 1;
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
