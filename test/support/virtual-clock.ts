import { setImmediate } from 'node:timers/promises';
import type { WriteClock } from '../../src/write/write-clock.ts';

/** A clock that stands still until somebody waits for it. */
export interface VirtualClock extends WriteClock {
  /** Does something when the clock gets there. */
  after(ms: number, action: () => void): void;
  /** Moves on, from one thing to do to the next, until the work is done; null where nothing is left that could end it. */
  until<Result>(work: Promise<Result>): Promise<Result | null>;
  /** Moves on by a time, and does what falls into it. */
  pass(ms: number): Promise<void>;
}

/** A clock at some instant of the year 2026. */
export function createVirtualClock(): VirtualClock {
  let nowMs = Date.UTC(2026, 5, 15);
  let due: { readonly atMs: number; readonly action: () => void }[] = [];

  function after(ms: number, action: () => void): void {
    const entry = { atMs: nowMs + ms, action };
    const place = due.findIndex(({ atMs }) => atMs > entry.atMs);
    due = place === -1 ? [...due, entry] : due.toSpliced(place, 0, entry);
  }

  function next(untilMs: number): boolean {
    const [first, ...others] = due;
    if (first === undefined || first.atMs > untilMs) return false;
    due = others;
    nowMs = Math.max(nowMs, first.atMs);
    first.action();
    return true;
  }

  return {
    now: () => nowMs,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    after,
    async until(work) {
      const state = { isDone: false };
      const done = work.finally(() => {
        state.isDone = true;
      });
      // Everything that waits for no clock goes on in between.
      await setImmediate();
      while (!state.isDone && next(Number.POSITIVE_INFINITY)) await setImmediate();
      return state.isDone ? done : null;
    },
    async pass(ms) {
      const untilMs = nowMs + ms;
      await setImmediate();
      while (next(untilMs)) await setImmediate();
      nowMs = untilMs;
    },
  };
}
