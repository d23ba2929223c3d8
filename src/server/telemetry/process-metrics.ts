import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * What the process itself shows: CPU, memory, garbage collection, event-loop lag. To be called once in a process, since it
 * measures from then on.
 */
export function startProcessMetrics(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}
