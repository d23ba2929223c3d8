import type { RedisClientOptions } from '@redis/client';

/** Before every key, so that others may use the same database. */
const KEY_PREFIX = 'billing-gateway:';
const MAX_BACKOFF_MS = 2000;
/** How many commands may wait for an answer at once; while Redis answers at all, that many never do. */
const MAX_WAITING = 10_000;

/**
 * How every client of the gateway talks to Redis. It connects again for ever, sends nothing a second time, and refuses
 * commands while there is no connection. A connection over which nothing comes for twice the time that a command may take
 * is given up, one that never gets through its greeting included.
 *
 * @param area stands in keys behind the gateway's own prefix, and ends with a colon
 */
export function redisOptions(url: string, area: string, commandTimeoutMs: number) {
  return {
    url,
    keyPrefix: `${KEY_PREFIX}${area}`,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING,
    // Only for commands that are not sent yet.
    commandOptions: { timeout: commandTimeoutMs },
    pingInterval: commandTimeoutMs,
    // Notices of a planned move come from Redis Enterprise alone, and would have it connect to an address of their own.
    maintNotifications: 'disabled',
    socket: { socketTimeout: 2 * commandTimeoutMs, reconnectStrategy: backoffMs },
  } as const satisfies RedisClientOptions;
}

/** With some chance in it, so that many processes do not come back at the same moment. */
function backoffMs(attempts: number): number {
  return Math.min(50 * 2 ** attempts, MAX_BACKOFF_MS) * (0.75 + Math.random() / 4);
}
