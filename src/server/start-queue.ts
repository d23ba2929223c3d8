/** What happens to a request when it comes. */
export type Arrival = 'started' | 'waiting' | 'turned away';

/** How much is let in. */
export interface StartQueueOptions {
  /** How many may be under way or wait at once. */
  readonly maxInFlight: number;
  /** While one has waited for longer, no further one is let in. */
  readonly maxWaitMs: number;
}

/** Starts requests no faster than they can be worked on. */
export interface StartQueue {
  readonly inFlight: number;
  /** @param start begins the work; not called where it is turned away */
  arrive(start: () => void): Arrival;
  /** One that was let in is over. */
  leave(): void;
}

/** A turn of the event loop that takes longer starts fewer requests the next time. */
const TURN_MS = 20;
const MAX_STARTS = 64;

/**
 * Keeps the turns of the event loop short, however many requests come: in each only so many are started as the turns
 * before could take, and the others wait for a later one. So there is always time soon to answer those that are turned
 * away, and those that only wait for an upstream keep nobody else from starting.
 *
 * What counts is how long the first in line has waited, and not how busy the loop is: a single long turn turns nobody away.
 */
export function createStartQueue({ maxInFlight, maxWaitMs }: StartQueueOptions): StartQueue {
  const waiting: { readonly start: () => void; readonly sinceMs: number }[] = [];
  let inFlight = 0;
  let allowed = MAX_STARTS;
  let started = 0;
  let turnBeganAtMs: number | null = null;

  function begin(start: () => void): void {
    started += 1;
    start();
  }

  function turn(): void {
    const now = performance.now();
    const tookMs = now - (turnBeganAtMs ?? now);
    allowed =
      tookMs > TURN_MS
        ? Math.max(1, Math.floor((allowed * TURN_MS) / tookMs))
        : Math.min(MAX_STARTS, allowed + 1);
    const isBusy = started > 0;
    started = 0;
    turnBeganAtMs = now;
    for (
      let next = waiting.shift();
      next !== undefined;
      next = started < allowed ? waiting.shift() : undefined
    )
      begin(next.start);
    if (isBusy || started > 0) setImmediate(turn);
    else turnBeganAtMs = null;
  }

  return {
    get inFlight() {
      return inFlight;
    },
    arrive(start) {
      const now = performance.now();
      const [first] = waiting;
      const isLate = first !== undefined && now - first.sinceMs > maxWaitMs;
      if (inFlight >= maxInFlight || isLate) return 'turned away';
      inFlight += 1;
      if (turnBeganAtMs === null) {
        turnBeganAtMs = now;
        setImmediate(turn);
      }
      if (first === undefined && started < allowed) {
        begin(start);
        return 'started';
      }
      waiting.push({ start, sinceMs: now });
      return 'waiting';
    },
    leave() {
      inFlight -= 1;
    },
  };
}
