/** Waits for a turn; null where it has come already. */
export type TakeTurn = () => Promise<void> | null;

/** How long work that has no need to wait for anything may go on before others get their turn. */
const SLICE_MS = 10;

/**
 * Gives the event loop back between the pieces of large work. Pieces that come up when a slice of time has been used up
 * wait in line, and one of them goes on in each turn of the loop.
 */
export function createTurns(sliceMs = SLICE_MS): TakeTurn {
  const waiting: (() => void)[] = [];
  let startedAtMs: number | null = null;

  function nextTurn(): void {
    const goOn = waiting.shift();
    startedAtMs = goOn === undefined ? null : performance.now();
    goOn?.();
    if (goOn !== undefined) setImmediate(nextTurn);
  }

  return () => {
    if (startedAtMs === null) {
      startedAtMs = performance.now();
      setImmediate(nextTurn);
      return null;
    }
    if (performance.now() - startedAtMs < sliceMs) return null;
    return new Promise((resolve) => waiting.push(resolve));
  };
}
