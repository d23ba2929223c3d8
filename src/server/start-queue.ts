/** Begins requests no faster than they can be worked on. */
export interface StartQueue {
  /** Begins it, now or in a later turn of the event loop. */
  add(start: () => void): void;
  /** One that had begun is over. */
  ended(): void;
}

/** A turn of the event loop that takes longer begins fewer requests the next time. */
const TURN_MS = 10;
const MAX_STARTS = 64;
/** While so many run and turns are long, one is begun only every few turns: those that run come to their end first. */
const MANY = 32;
const FEWEST_STARTS = 0.25;

/**
 * Keeps the turns of the event loop short, however many requests come at once: in each only so many are begun as the turns
 * before could take, and the others wait in line. So there is time soon for whoever else is to be answered.
 */
export function createStartQueue(): StartQueue {
  const waiting: (() => void)[] = [];
  let allowed = MAX_STARTS;
  /** How many may yet be begun in this turn; a part of one is saved for the next. */
  let left = allowed;
  let running = 0;
  let hasBegun = false;
  /** Null while nothing has been begun lately. */
  let turnBeganAtMs: number | null = null;

  function begin(start: () => void): void {
    left -= 1;
    running += 1;
    hasBegun = true;
    start();
  }

  function turn(): void {
    const now = performance.now();
    const tookMs = now - (turnBeganAtMs ?? now);
    const fewest = running < MANY ? 1 : FEWEST_STARTS;
    allowed =
      tookMs > TURN_MS
        ? Math.max(fewest, Math.min(allowed, (allowed * TURN_MS) / tookMs))
        : Math.min(MAX_STARTS, allowed + 1);
    left = allowed + (left % 1);
    const wasBusy = hasBegun;
    hasBegun = false;
    turnBeganAtMs = now;
    for (const start of waiting.splice(0, Math.floor(left))) begin(start);
    if (wasBusy || hasBegun || waiting.length > 0) setImmediate(turn);
    else turnBeganAtMs = null;
  }

  return {
    add(start) {
      if (turnBeganAtMs === null) {
        turnBeganAtMs = performance.now();
        left = Math.max(1, allowed);
        setImmediate(turn);
      }
      if (waiting.length === 0 && left >= 1) begin(start);
      else waiting.push(start);
    },
    ended() {
      running -= 1;
    },
  };
}
