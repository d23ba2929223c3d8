import { createClient, defineScript, type CommandParser } from '@redis/client';
import { redisOptions } from '../redis/redis-options.ts';
import { WINDOW_MS, type CallerLimitNumbers } from './caller-limits.ts';

const AREA = 'limit:';

/** One request of a caller. */
export interface LimitEntry {
  /** Unlike any other's. */
  readonly id: string;
  /** After that it counts no more, whoever has forgotten to say so. */
  readonly forMs: number;
}

// KEYS: how many requests were let in since the window began, which are running by the time at which they count no more.
// The server's clock, so that those of the processes need not agree. Gives 0, or the number of the limit and when to retry.
const enter = defineScript({
  SCRIPT: `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local per_minute, at_once = tonumber(ARGV[1]), tonumber(ARGV[2])
  if at_once > 0 then
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
    if redis.call('ZCARD', KEYS[2]) >= at_once then return { 2, 0 } end
  end
  if per_minute > 0 then
    local count = redis.call('INCR', KEYS[1])
    if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[5]) end
    if count > per_minute then
      redis.call('DECR', KEYS[1])
      return { 1, redis.call('PTTL', KEYS[1]) }
    end
  end
  if at_once > 0 then
    redis.call('ZADD', KEYS[2], now + ARGV[4], ARGV[3])
    redis.call('PEXPIRE', KEYS[2], ARGV[4])
  end
  return { 0, 0 }`,
  parseCommand(
    parser: CommandParser,
    caller: string,
    { perMinute, atOnce }: CallerLimitNumbers,
    { id, forMs }: LimitEntry,
  ) {
    parser.pushKeysLength([rateKey(caller), runningKey(caller)]);
    parser.push(String(perMinute), String(atOnce), id, String(forMs), String(WINDOW_MS));
  },
  transformReply(reply: unknown): { readonly limit: 0 | 1 | 2; readonly retryAfterMs: number } {
    const parts: readonly unknown[] = Array.isArray(reply) ? reply : [];
    const [limit, retryAfterMs] = parts;
    return { limit: limit === 1 || limit === 2 ? limit : 0, retryAfterMs: Math.max(0, Number(retryAfterMs)) };
  },
});

const leave = defineScript({
  SCRIPT: `return redis.call('ZREM', KEYS[1], ARGV[1])`,
  parseCommand(parser: CommandParser, caller: string, id: string) {
    parser.pushKeysLength([runningKey(caller)]);
    parser.push(id);
  },
  transformReply: () => undefined,
});

/** In braces, so that both keys of a caller are in one slot of a cluster. */
function rateKey(caller: string): string {
  return `{${caller}}:rate`;
}

function runningKey(caller: string): string {
  return `{${caller}}:running`;
}

/**
 * Makes a client that is not connected yet.
 *
 * @throws TypeError or URIError when the URL cannot be used, with the URL in it
 */
export function createRedisLimitClient(url: string, commandTimeoutMs: number) {
  return createClient({ ...redisOptions(url, AREA, commandTimeoutMs), scripts: { enter, leave } });
}
