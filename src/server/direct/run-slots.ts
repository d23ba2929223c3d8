import { performance } from 'node:perf_hooks';
import type { RunQuery } from './run-query.ts';

/** What tells how busy the event loop is; in milliseconds from any start. */
export interface LoopClock {
  now(): number;
  /** How long the loop has waited for something to do. */
  idleMs(): number;
}

/** Lets only so many queries run at once as keep the processor busy. */
export interface RunSlots {
  /**
   * Takes a slot, which must be left again; null where it was free.
   *
   * @throws the signal's reason, when it aborts first; there is no slot to leave then
   */
  take(signal: AbortSignal): Promise<void> | null;
  leave(): void;
}

/** While they keep the processor busy, no more run at once: what all of them hold would not fit into the young heap. */
const FEW = +(process.env['CAP'] ?? 4);
/** How often it is looked whether the loop has time for more, while some wait. */
const LOOK_EVERY_MS = 1;
/** Of the time since the last look, spent waiting: there is something left to do more with. */
const IDLE = 0.5;

const EVENT_LOOP: LoopClock = {
  now: () => performance.now(),
  idleMs: () => performance.eventLoopUtilization().idle,
};

/**
 * Few run at once while the processor is busy: each answer is done sooner, and none is done later. Where the loop has
 * time left, since those that run wait for their upstreams, more are let in with every look, however many run already.
 */
export function createRunSlots(clock: LoopClock = EVENT_LOOP): RunSlots {
  const waiting: (() => void)[] = [];
  let running = 0;
  /** How many may run at once. */
  let limit = FEW;
  /** By how much the limit is raised when the loop is idle, twice as much as at the idle look before. */
  let step = 1;
  let idleMs = 0;
  let lookedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  function letIn(): void {
    for (const goOn of waiting.splice(0, Math.max(0, limit - running))) {
      running += 1;
      goOn();
    }
  }

  function startLooking(): void {
    [idleMs, lookedAtMs] = [clock.idleMs(), clock.now()];
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  function look(): void {
    const isIdle = clock.idleMs() - idleMs > IDLE * (clock.now() - lookedAtMs);
    if (!isIdle) limit = Math.max(FEW, limit - 1);
    else if (waiting.length > 0) limit = Math.max(limit, running) + step;
    step = isIdle ? 2 * step : 1;
    letIn();
    if (waiting.length > 0 || running > FEW) startLooking();
    else timer = null;
  }

  return {
    take(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (waiting.length === 0 && running < limit) {
        running += 1;
        return null;
      }
      return new Promise((resolve, reject) => {
        const goOn = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(goOn), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(goOn);
        if (timer === null) startLooking();
      });
    },
    leave() {
      running -= 1;
      letIn();
    },
  };
}

/** The same, run when a slot is free; the time until then is the request's. Rejects where everybody has left before. */
export function inRunSlots(runQuery: RunQuery, slots: RunSlots, now: () => number): RunQuery {
  return async (query, run) => {
    const askedMs = now();
    const turn = slots.take(run.signal);
    if (turn !== null) await turn;
    try {
      return await runQuery(query, { ...run, elapsedMs: run.elapsedMs + now() - askedMs });
    } finally {
      slots.leave();
    }
  };
}
