import { createClient, defineScript, type CommandParser } from '@redis/client';
import { redisOptions } from '../redis/redis-options.ts';

/** In braces, so that all keys are in one slot of a cluster: each script needs several of them. */
const AREA = '{read}:';

/** A text that nobody has drawn before, and how long Redis keeps it. */
export interface DrawnEpoch {
  readonly text: string;
  readonly keepMs: number;
}

// Of the server, so that the clocks of the processes need not agree.
const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

// KEYS[1] is the answer's. An epoch that is not there is drawn, and not taken for any that was: Redis may have lost it.
const lookUp = defineScript({
  SCRIPT: `${NOW}
  local found = { redis.call('GET', KEYS[1]) }
  for i = 2, #KEYS, 2 do
    local epoch = redis.call('GET', KEYS[i])
    if not epoch then
      epoch = ARGV[1]
      redis.call('SET', KEYS[i], epoch, 'PX', ARGV[2])
    end
    local writing = redis.call('ZCOUNT', KEYS[i + 1], now, '+inf')
    table.insert(found, writing > 0 and '' or epoch)
  end
  return found`,
  parseCommand(parser: CommandParser, key: string, subjects: readonly string[], epoch: DrawnEpoch) {
    parser.pushKeysLength([key, ...subjectKeys(subjects)]);
    parser.push(epoch.text, String(epoch.keepMs));
  },
  // The answer's text and then one epoch for each subject, empty where it is being written.
  transformReply: (reply: unknown): (string | null)[] => (Array.isArray(reply) ? reply.map(textOf) : []),
});

// What is kept is the epoch, a line end and the body.
const keepAnswer = defineScript({
  SCRIPT: `${NOW}
  local epochs = {}
  for i = 2, #KEYS, 2 do
    if redis.call('ZCOUNT', KEYS[i + 1], now, '+inf') > 0 then return end
    table.insert(epochs, redis.call('GET', KEYS[i]) or '')
  end
  if table.concat(epochs, ',') == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[1] .. '\\n' .. ARGV[2], 'PX', ARGV[3])
  end`,
  parseCommand(
    parser: CommandParser,
    key: string,
    subjects: readonly string[],
    answer: { readonly epoch: string; readonly text: string },
    keepMs: number,
  ) {
    parser.pushKeysLength([key, ...subjectKeys(subjects)]);
    parser.push(answer.epoch, answer.text, String(keepMs));
  },
  transformReply: ignored,
});

const beginWrite = defineScript({
  SCRIPT: `${NOW}
  for i = 1, #KEYS, 2 do
    redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
    redis.call('ZREMRANGEBYSCORE', KEYS[i + 1], '-inf', now)
    redis.call('ZADD', KEYS[i + 1], now + ARGV[4], ARGV[3])
    local last = redis.call('ZREVRANGE', KEYS[i + 1], 0, 0, 'WITHSCORES')
    redis.call('PEXPIREAT', KEYS[i + 1], last[2])
  end`,
  parseCommand(
    parser: CommandParser,
    write: string,
    subjects: readonly string[],
    forMs: number,
    epoch: DrawnEpoch,
  ) {
    parser.pushKeysLength(subjectKeys(subjects));
    parser.push(epoch.text, String(epoch.keepMs), write, String(Math.ceil(forMs)));
  },
  transformReply: ignored,
});

const endWrite = defineScript({
  SCRIPT: `
  for i = 1, #KEYS, 2 do
    redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
    redis.call('ZREM', KEYS[i + 1], ARGV[3])
  end`,
  parseCommand(parser: CommandParser, write: string, subjects: readonly string[], epoch: DrawnEpoch) {
    parser.pushKeysLength(subjectKeys(subjects));
    parser.push(epoch.text, String(epoch.keepMs), write);
  },
  transformReply: ignored,
});

/** A client that is not connected yet. */
export type RedisReadClient = ReturnType<typeof createRedisReadClient>;

/**
 * Makes a client with scripts that each look, or change something, as of one moment.
 *
 * @throws TypeError or URIError when the URL cannot be used, with the URL in it
 */
export function createRedisReadClient(url: string, commandTimeoutMs: number) {
  return createClient({
    ...redisOptions(url, AREA, commandTimeoutMs),
    scripts: { lookUp, keepAnswer, beginWrite, endWrite },
  });
}

/** Of each subject its epoch, and the writes under way by the time at which each of them counts as over. */
function subjectKeys(subjects: readonly string[]): string[] {
  return subjects.flatMap((subject) => [`${subject}:epoch`, `${subject}:writes`]);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function ignored(): void {
  // It says nothing.
}
