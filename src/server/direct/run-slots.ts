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
const FEW = 4;
/** How often it is looked whether the loop has time for more, while some wait. */
const LOOK_EVERY_MS = 1;
/** Of the time since the last look, spent waiting: there is something left to do more with. */
const IDLE = 0.05;
/** What has begun earlier waits for an upstream most of the time, and keeps nobody from running. */
const RECENT_MS = 100;

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
  /** When each of those that count began; whichever of them ends takes the earliest away. */
  const recent: number[] = [];
  let idleMs = 0;
  let lookedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  function begin(): void {
    recent.push(clock.now());
  }

  function letIn(count: number): void {
    for (const goOn of waiting.splice(0, count)) {
      begin();
      goOn();
    }
  }

  function look(): void {
    const earlier = { idleMs, lookedAtMs };
    [idleMs, lookedAtMs] = [clock.idleMs(), clock.now()];
    const isIdle = idleMs - earlier.idleMs > IDLE * (lookedAtMs - earlier.lookedAtMs);
    while (recent[0] !== undefined && recent[0] < lookedAtMs - RECENT_MS) recent.shift();
    letIn(isIdle ? FEW : FEW - recent.length);
    timer = waiting.length > 0 ? setTimeout(look, LOOK_EVERY_MS) : null;
  }

  function wait(): void {
    if (timer !== null) return;
    [idleMs, lookedAtMs] = [clock.idleMs(), clock.now()];
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  return {
    take(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (waiting.length === 0 && recent.length < FEW) {
        begin();
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
        wait();
      });
    },
    leave() {
      recent.shift();
      if (recent.length < FEW) letIn(FEW - recent.length);
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
