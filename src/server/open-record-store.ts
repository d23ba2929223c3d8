import type { Config } from '../config.ts';
import { openSqliteStore } from '../record-store/sqlite-store.ts';
import type { RecordStore } from '../write/record-store.ts';

/** Below the working directory. */
const DEFAULT_PATH = '.billing-gateway/idempotency.sqlite';

/**
 * Opens the store of the idempotency records: Redis, which may be away for now, or else an SQLite file. Over two embedded
 * sandboxes and without a path, the records are kept in memory: those forget with the process what was written.
 *
 * @throws RecordStoreError when the file cannot be used
 */
export async function openRecordStore(config: Config): Promise<RecordStore> {
  const { redisUrl, idempotencyPath, metronome, maple } = config;
  if (redisUrl !== null) {
    // Loaded only where it is wanted: the client of Redis takes about ten megabytes.
    const { openRedisStore } = await import('../record-store/redis-store.ts');
    return openRedisStore(redisUrl);
  }
  const isSandbox = metronome.token === null && maple.token === null;
  return openSqliteStore(idempotencyPath ?? (isSandbox ? ':memory:' : DEFAULT_PATH));
}
