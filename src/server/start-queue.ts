/** Begins requests no faster than they can be worked on. */
export interface StartQueue {
  /** Begins it, now or in a later turn of the event loop. */
  add(start: () => void): void;
}

/** A turn of the event loop that takes longer begins fewer requests the next time. */
const TURN_MS = 20;
const MAX_STARTS = 64;

/**
 * Keeps the turns of the event loop short, however many requests come at once: in each only so many are begun as the turns
 * before could take, and the others wait in line. So there is time soon for whoever else is to be answered.
 */
export function createStartQueue(): StartQueue {
  const waiting: (() => void)[] = [];
  let allowed = MAX_STARTS;
  let started = 0;
  /** Null while nothing has been begun lately. */
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
    const wasBusy = started > 0;
    started = 0;
    turnBeganAtMs = now;
    for (const start of waiting.splice(0, allowed)) begin(start);
    if (wasBusy || started > 0) setImmediate(turn);
    else turnBeganAtMs = null;
  }

  return {
    add(start) {
      if (turnBeganAtMs === null) {
        turnBeganAtMs = performance.now();
        setImmediate(turn);
      }
      if (waiting.length === 0 && started < allowed) begin(start);
      else waiting.push(start);
    },
  };
}
