import { wholeNumber } from './config-values.ts';

/** The variable of processes that share the port. */
export const workerVariables = {
  WORKERS: wholeNumber(1, 256).default(1),
};

/**
 * A line for each variable that several processes need: records and the ends of kept reads must be in one place, and a
 * sandbox that stands in has its data in the memory of one process.
 */
export function workerFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  const { WORKERS = '1', REDIS_URL, METRONOME_API_TOKEN, MAPLE_API_TOKEN } = env;
  // What is no number is a fault already.
  if (!(Number(WORKERS) > 1)) return [];
  const faults: string[] = [];
  if (REDIS_URL === undefined) faults.push('REDIS_URL: required with WORKERS above 1');
  for (const [name, value] of Object.entries({ METRONOME_API_TOKEN, MAPLE_API_TOKEN })) {
    if (value === undefined)
      faults.push(`${name}: required with WORKERS above 1, since a sandbox lives in one process`);
  }
  return faults;
}
