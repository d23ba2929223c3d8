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
/** What takes longer is too much to begin with, so that a burst is worked off and not turned away. */
const BURST_TIME_MS = 2000;
/** Not having had time left for so long, the process is not in a burst. */
const LASTING_MS = 1000;
/** What takes longer is too much then. */
const GOOD_TIME_MS = 500;
/** So few are never too much, however slow the machine is. */
const ALWAYS_TAKEN = 32;
/** So many come from clients that each wait for their answer before they ask again, and only take turns then. */
const USUAL = 256;
/** What takes longer is too much of those, too: nobody waits for it. */
const PATIENCE_MS = 5000;
/** How much the latest measurement counts. */
const WEIGHT = 0.2;

/**
 * Begins to measure. Too much is what takes too long at the time that the event loop has lately worked for each request,
 * while it has no time left. Requests that only wait for a slow upstream leave the loop time, so that they turn nobody away.
 */
export function createLoadGauge(): LoadGauge {
  let ended = 0;
  let workedMs = 0;
  /** Of the event loop's time for each request; 0 while nothing is known. */
  let costMs = 0;
  let saturatedSinceMs: number | null = null;
  let utilization = performance.eventLoopUtilization();

  function measure(): void {
    const before = utilization;
    utilization = performance.eventLoopUtilization();
    const latest = performance.eventLoopUtilization(utilization, before);
    const isSaturated = latest.utilization > SATURATED;
    workedMs += latest.active;
    if (ended > 0) {
      const latestCostMs = workedMs / ended;
      costMs += (costMs === 0 ? 1 : WEIGHT) * (latestCostMs - costMs);
      [ended, workedMs] = [0, 0];
    } else if (!isSaturated) {
      // Of timers and probes, which would add up until the next request.
      workedMs = 0;
    }
    saturatedSinceMs = isSaturated ? (saturatedSinceMs ?? performance.now()) : null;
  }

  const timer = setInterval(measure, MEASURE_EVERY_MS).unref();
  return {
    ended() {
      ended += 1;
    },
    isTooMuch(inFlight) {
      if (inFlight < ALWAYS_TAKEN || saturatedSinceMs === null) return false;
      const isLasting = performance.now() - saturatedSinceMs > LASTING_MS;
      if (inFlight <= USUAL) return isLasting && inFlight * costMs > PATIENCE_MS;
      return inFlight * costMs > (isLasting ? GOOD_TIME_MS : BURST_TIME_MS);
    },
    stop: () => clearInterval(timer),
  };
}
