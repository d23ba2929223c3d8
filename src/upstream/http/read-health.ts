import type { HealthRecord } from './health-record.ts';
import type { LiveReader } from './upstream-client.ts';

/** After this long without a call, what was heard last says too little. */
const STALE_AFTER_MS = 30_000;

/**
 * How an upstream is doing by its latest answers, after one small read where those are old. Never throws.
 *
 * @param read any cheap read through the reader, which puts its outcome on record
 */
export async function readHealth(
  { health }: Pick<LiveReader, 'health'>,
  read: () => Promise<unknown>,
): Promise<ReturnType<HealthRecord['judge']>> {
  // Whether the read failed is on record, and what went wrong is not the question here.
  if (health.isOlderThan(STALE_AFTER_MS)) await Promise.allSettled([read()]);
  return health.judge();
}
