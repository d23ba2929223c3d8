import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { connectRedis, RedisFault } from '../redis/redis-connection.ts';
import { hashedKey } from './read-keys.ts';
import { ReadStoreError, type FoundAnswer, type ReadStore } from './read-store.ts';
import { createRedisReadClient, type DrawnEpoch, type RedisReadClient } from './redis-read-client.ts';

/** What a store in Redis may be given. */
export interface RedisReadStoreOptions {
  /** How long a command may take; when Redis takes longer, its connection counts as dead. */
  readonly commandTimeoutMs?: number;
}

/** Longer bodies are not kept: they would hold up what others ask of Redis. */
const MAX_BODY_BYTES = 1_000_000;
/** An epoch that is forgotten ends with all that was kept in it, so this need not be long. */
const KEEP_EPOCH_MS = 3_600_000;

/**
 * Opens a store in Redis 6 or newer, shared by all processes that open the same one. It connects at once and, whenever the
 * connection is lost, again for ever; meanwhile every method fails at once.
 *
 * @param url `redis:` or `rediss:`, with credentials and a database number where they are needed
 * @throws ReadStoreError when the URL cannot be used
 */
export function openRedisReadStore(
  url: string,
  { commandTimeoutMs = 1000 }: RedisReadStoreOptions = {},
): ReadStore {
  const client = usableClient(url, commandTimeoutMs);
  const connection = connectRedis(client, commandTimeoutMs);

  async function run<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    try {
      return await connection.run(command);
    } catch (error) {
      throw error instanceof RedisFault ? new ReadStoreError(error.message) : error;
    }
  }

  return {
    async look(key, subjects) {
      const hashed = subjects.map(hashedKey);
      const [value = null, ...epochs] = await run(() => client.lookUp(hashedKey(key), hashed, drawEpoch()));
      if (epochs.length !== subjects.length) throw new ReadStoreError('Redis gives no usable answer.');
      const isWritten = epochs.some((epoch) => epoch === null || epoch === '');
      return { kept: value === null ? null : toAnswer(value), epoch: isWritten ? null : epochs.join() };
    },
    async keep(key, subjects, answer, forMs) {
      const keepMs = Math.floor(forMs);
      if (keepMs < 1 || Buffer.byteLength(answer.text) > MAX_BODY_BYTES) return;
      await run(() => client.keepAnswer(hashedKey(key), subjects.map(hashedKey), answer, keepMs));
      // A look that found nothing, sent before, may get its reply at the same moment as this.
      await nextTurn();
    },
    beginWrite: (write, subjects, forMs) =>
      run(() => client.beginWrite(write, subjects.map(hashedKey), forMs, drawEpoch())),
    endWrite: (write, subjects) => run(() => client.endWrite(write, subjects.map(hashedKey), drawEpoch())),
    close: () => connection.close(),
  };
}

function usableClient(url: string, commandTimeoutMs: number): RedisReadClient {
  try {
    return createRedisReadClient(url, commandTimeoutMs);
  } catch {
    throw new ReadStoreError('The URL of Redis cannot be used.');
  }
}

function drawEpoch(): DrawnEpoch {
  return { text: randomBytes(12).toString('base64url'), keepMs: KEEP_EPOCH_MS };
}

/** The epoch stands before the body, which may hold line ends of its own. */
function toAnswer(value: string): FoundAnswer {
  const end = value.indexOf('\n');
  return { epoch: value.slice(0, end), content: value.slice(end + 1) };
}
