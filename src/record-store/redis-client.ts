import { createClient, defineScript, type CommandParser } from '@redis/client';
import { redisOptions } from '../redis/redis-options.ts';

// A value is `version:text`. ARGV[1] is the expected version, empty where there must be no record; what no gateway wrote
// has no version that could be expected.
const CHECK = `
  local value = redis.call('GET', KEYS[1])
  local version = value and (string.match(value, '^%d+:') or '?') or ':'
  if version ~= ARGV[1] .. ':' then return 0 end`;

const putRecord = defineScript({
  SCRIPT: `${CHECK}
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return 1`,
  NUMBER_OF_KEYS: 1,
  parseCommand(parser: CommandParser, key: string, expected: string, value: string, keepMs: string) {
    parser.pushKey(key);
    parser.push(expected, value, keepMs);
  },
  transformReply: isOne,
});

const removeRecord = defineScript({
  SCRIPT: `${CHECK}
  return redis.call('DEL', KEYS[1])`,
  NUMBER_OF_KEYS: 1,
  parseCommand(parser: CommandParser, key: string, expected: string) {
    parser.pushKey(key);
    parser.push(expected);
  },
  transformReply: isOne,
});

/** A client that is not connected yet. */
export type RedisClient = ReturnType<typeof createRedisClient>;

/**
 * Makes a client with the two changes of a record as scripts, each atomic.
 *
 * @throws TypeError or URIError when the URL cannot be used, with the URL in it
 */
export function createRedisClient(url: string, commandTimeoutMs: number) {
  return createClient({
    ...redisOptions(url, 'record:', commandTimeoutMs),
    scripts: { putRecord, removeRecord },
  });
}

function isOne(reply: unknown): boolean {
  return reply === 1;
}
