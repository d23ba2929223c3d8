import { BUSY_RETRY_MS, WINDOW_MS, type CallerLimitNumbers, type CallerLimits } from './caller-limits.ts';

interface CallerState {
  /** When the window of the rate began. */
  beganAtMs: number;
  /** Requests let in since. */
  count: number;
  running: number;
}

/**
 * Limits that hold in this process alone.
 *
 * @param now a clock in milliseconds from any start
 */
export function createMemoryCallerLimits(
  { perMinute, atOnce }: CallerLimitNumbers,
  now: () => number = () => performance.now(),
): CallerLimits {
  const callers = new Map<string, CallerState>();
  let sweptAtMs = now();

  /** Of callers that have not come again nothing is left to know. */
  function sweep(nowMs: number): void {
    if (nowMs - sweptAtMs < WINDOW_MS) return;
    sweptAtMs = nowMs;
    for (const [caller, { beganAtMs, running }] of callers)
      if (running === 0 && nowMs - beganAtMs >= WINDOW_MS) callers.delete(caller);
  }

  function stateOf(caller: string, nowMs: number): CallerState {
    const known = callers.get(caller) ?? { beganAtMs: nowMs, count: 0, running: 0 };
    if (nowMs - known.beganAtMs >= WINDOW_MS) Object.assign(known, { beganAtMs: nowMs, count: 0 });
    callers.set(caller, known);
    return known;
  }

  return {
    enter(caller) {
      const nowMs = now();
      sweep(nowMs);
      const state = stateOf(caller, nowMs);
      if (atOnce > 0 && state.running >= atOnce)
        return { kind: 'refused', reason: 'atOnce', retryAfterMs: BUSY_RETRY_MS };
      if (perMinute > 0 && state.count >= perMinute)
        return { kind: 'refused', reason: 'perMinute', retryAfterMs: state.beganAtMs + WINDOW_MS - nowMs };
      state.count += 1;
      state.running += 1;
      return {
        kind: 'admitted',
        leave() {
          state.running -= 1;
        },
      };
    },
    close: () => undefined,
  };
}
