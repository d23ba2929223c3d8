import { performance } from 'node:perf_hooks';

/** Knows how much this process has to do. */
export interface LoadGauge {
  /** A request is over. */
  ended(): void;
  /** Whether so many requests at once are more than can be answered in good time. */
  isTooMuch(inFlight: number): boolean;
  stop(): void;
}

const MEASURE_EVERY_MS = 100;
/** Of the time, spent working and not waiting: nothing can be done faster then. */
const SATURATED = 0.95;
/** For so long, so that a burst is worked off and not turned away. */
const SATURATED_FOR_MS = 1000;
/** Worked off within so many milliseconds is in good time. */
const GOOD_TIME_MS = 1000;
/** So few are never too much, however slow the machine is. */
const ALWAYS_TAKEN = 256;
/** How much the latest measurement counts. */
const WEIGHT = 0.2;

/**
 * Begins to measure. Too much is what would take too long at the rate at which requests have ended lately (Little's law),
 * while the event loop has had no time left for some while. Requests that only wait for a slow upstream leave the loop
 * time, so that they turn nobody away.
 */
export function createLoadGauge(): LoadGauge {
  let ended = 0;
  let endedPerMs = 0;
  let saturatedSinceMs: number | null = null;
  let measuredAtMs = performance.now();
  let utilization = performance.eventLoopUtilization();

  function measure(): void {
    const now = performance.now();
    const before = utilization;
    utilization = performance.eventLoopUtilization();
    endedPerMs += WEIGHT * (ended / (now - measuredAtMs) - endedPerMs);
    ended = 0;
    measuredAtMs = now;
    const isSaturated = performance.eventLoopUtilization(utilization, before).utilization > SATURATED;
    saturatedSinceMs = isSaturated ? (saturatedSinceMs ?? now) : null;
  }

  const timer = setInterval(measure, MEASURE_EVERY_MS).unref();
  return {
    ended() {
      ended += 1;
    },
    isTooMuch(inFlight) {
      if (inFlight < ALWAYS_TAKEN || saturatedSinceMs === null) return false;
      const isLasting = performance.now() - saturatedSinceMs > SATURATED_FOR_MS;
      return isLasting && inFlight > endedPerMs * GOOD_TIME_MS;
    },
    stop: () => clearInterval(timer),
  };
}
