/** Waits for a turn; null where it has come already. */
export type TakeTurn = () => Promise<void> | null;

/** How long work that has no need to wait for anything may go on before others get their turn. */
const SLICE_MS = 10;

/**
 * Gives the event loop back between the pieces of large work. Pieces that come up when a slice of time has been used up
 * wait in line, and so do those that come up behind them; in each turn of the loop as many go on as fit in a slice.
 */
export function createTurns(sliceMs = SLICE_MS): TakeTurn {
  const waiting: (() => void)[] = [];
  let startedAtMs: number | null = null;

  function isUsedUp(): boolean {
    return startedAtMs !== null && performance.now() - startedAtMs >= sliceMs;
  }

  function nextTurn(): void {
    startedAtMs = waiting.length === 0 ? null : performance.now();
    if (startedAtMs !== null) setImmediate(nextTurn);
    goOn();
  }

  function goOn(): void {
    if (isUsedUp()) return;
    const next = waiting.shift();
    if (next === undefined) return;
    next();
    // When all that follows from it at once has been done: after the promises that wait for it.
    queueMicrotask(() => process.nextTick(goOn));
  }

  return () => {
    if (startedAtMs === null) {
      startedAtMs = performance.now();
      setImmediate(nextTurn);
      return null;
    }
    if (waiting.length === 0 && !isUsedUp()) return null;
    return new Promise((resolve) => waiting.push(resolve));
  };
}
