import { createHash, randomUUID } from 'node:crypto';
import { connectRedis, RedisFault } from '../redis/redis-connection.ts';
import {
  BUSY_RETRY_MS,
  type Admission,
  type CallerLimitNumbers,
  type CallerLimits,
} from './caller-limits.ts';
import { createMemoryCallerLimits } from './memory-caller-limits.ts';
import { createRedisLimitClient } from './redis-limit-client.ts';

/** How limits are shared. */
export interface RedisCallerLimitsOptions {
  readonly url: string;
  readonly limits: CallerLimitNumbers;
  /** After that a request counts as over, so that a process that was killed holds no place for ever. */
  readonly requestEndsAfterMs: number;
  /** Hears when limits begin to hold in each process alone, with the fault, and when they are shared again, with null. */
  readonly onChange: (fault: string | null) => void;
}

/** A request waits no longer for Redis. */
const COMMAND_TIMEOUT_MS = 250;

/**
 * Limits that hold over all processes with one Redis. While it is away, each process holds its callers to them for itself:
 * a limit that lets more through is better than no answers at all.
 */
export function openRedisCallerLimits(options: RedisCallerLimitsOptions): CallerLimits {
  const { url, limits, requestEndsAfterMs, onChange } = options;
  const client = createRedisLimitClient(url, COMMAND_TIMEOUT_MS);
  const connection = connectRedis(client, COMMAND_TIMEOUT_MS);
  const alone = createMemoryCallerLimits(limits);
  let isAway = false;

  function note(fault: string | null): void {
    if (isAway === (fault !== null)) return;
    isAway = fault !== null;
    onChange(fault);
  }

  return {
    async enter(caller): Promise<Admission> {
      const name = hashed(caller);
      const id = randomUUID();
      try {
        const entry = { id, forMs: requestEndsAfterMs };
        const { limit, retryAfterMs } = await connection.run(() => client.enter(name, limits, entry));
        note(null);
        switch (limit) {
          case 0:
            return { kind: 'admitted', leave: () => void leave(name, id) };
          case 1:
            return { kind: 'refused', reason: 'perMinute', retryAfterMs };
          case 2:
            return { kind: 'refused', reason: 'atOnce', retryAfterMs: BUSY_RETRY_MS };
        }
      } catch (error) {
        if (!(error instanceof RedisFault)) throw error;
        note(error.message);
        return alone.enter(caller);
      }
    },
    close: () => connection.close(),
  };

  /** What does not get through ends by itself. */
  async function leave(name: string, id: string): Promise<void> {
    if (limits.atOnce === 0) return;
    try {
      await connection.run(() => client.leave(name, id));
    } catch (error) {
      if (!(error instanceof RedisFault)) throw error;
    }
  }
}

/** No name of a caller is to be read in Redis, and none is too long for a key. */
function hashed(caller: string): string {
  return createHash('sha256').update(caller).digest('base64url');
}
