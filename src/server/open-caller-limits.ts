import type { Logger } from 'pino';
import type { CallerLimits } from '../caller-limits/caller-limits.ts';
import { createMemoryCallerLimits } from '../caller-limits/memory-caller-limits.ts';
import type { Config } from '../config.ts';

/** For the answer to reach its client. */
const ANSWER_MS = 60_000;

/** Opens the limits of callers: over all processes with one Redis, or else of this process alone. */
export async function openCallerLimits(
  { redisUrl, requestLimits: { caller }, requestTimeoutMs }: Config,
  logger: Logger,
): Promise<CallerLimits> {
  const isLimited = caller.perMinute > 0 || caller.atOnce > 0;
  if (redisUrl === null || !isLimited) return createMemoryCallerLimits(caller);
  // Loaded only where it is wanted: the client of Redis takes about ten megabytes.
  const { openRedisCallerLimits } = await import('../caller-limits/redis-caller-limits.ts');
  return openRedisCallerLimits({
    url: redisUrl,
    limits: caller,
    requestEndsAfterMs: requestTimeoutMs + ANSWER_MS,
    onChange(fault) {
      if (fault === null) logger.info('limits of callers are shared again');
      else logger.error({ fault }, 'limits of callers hold in each process alone until Redis is back');
    },
  });
}
