import { randomInt } from 'node:crypto';
import { connectRedis, RedisFault } from '../redis/redis-connection.ts';
import { RecordStoreError, type RecordStore, type StoredRecord } from '../write/record-store.ts';
import { createRedisClient, type RedisClient } from './redis-client.ts';

/** How a Redis store deals with time. */
export interface RedisStoreOptions {
  /** How long a method may take, in milliseconds; when Redis takes longer, its connection counts as dead. */
  readonly commandTimeoutMs?: number;
}

/**
 * Versions are drawn by chance. Unlike a counter, that gives no version a second time to a record that expired and came
 * again, nor after Redis has lost what it held.
 */
const VERSIONS = 2 ** 48 - 1;

/**
 * Opens a store in Redis 6 or newer. It connects at once and, whenever the connection is lost, again for ever. While
 * there is no connection every method fails at once; only while the very first attempt is under way do methods wait for
 * it. A change whose answer did not come may have been made. What is put is as durable as Redis is configured to be.
 *
 * @param url `redis:` or `rediss:`, with credentials and a database number where they are needed
 * @throws RecordStoreError when the URL cannot be used
 */
export function openRedisStore(
  url: string,
  { commandTimeoutMs = 2000 }: RedisStoreOptions = {},
): RecordStore {
  const client = usableClient(url, commandTimeoutMs);
  const connection = connectRedis(client, commandTimeoutMs);

  async function run<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    try {
      return await connection.run(command);
    } catch (error) {
      if (!(error instanceof RedisFault)) throw error;
      throw new RecordStoreError(
        error.kind === null
          ? error.message
          : `The idempotency records in Redis cannot be used (${error.kind}).`,
      );
    }
  }

  return {
    async get(key) {
      const value = await run(() => client.get(key));
      return value === null ? null : toRecord(value);
    },
    put: (key, text, { expected, keepMs }) =>
      run(async () => {
        const version = randomInt(1, VERSIONS);
        const expectedText = expected === null ? '' : String(expected);
        const value = `${version}:${text}`;
        const isPut = await client.putRecord(key, expectedText, value, String(Math.ceil(keepMs)));
        return isPut ? version : null;
      }),
    remove: (key, version) => run(() => client.removeRecord(key, String(version))),
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
}

function usableClient(url: string, commandTimeoutMs: number): RedisClient {
  try {
    return createRedisClient(url, commandTimeoutMs);
  } catch {
    throw new RecordStoreError('The URL of Redis cannot be used.');
  }
}

function toRecord(value: string): StoredRecord {
  const at = value.indexOf(':');
  const version = value.slice(0, at);
  if (!/^\d+$/.test(version)) throw new RecordStoreError('Redis holds a record that no gateway wrote.');
  return { version: Number(version), text: value.slice(at + 1) };
}
