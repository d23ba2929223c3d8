import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openRedisStore } from '../../src/record-store/redis-store.ts';
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import type { RecordStore } from '../../src/write/record-store.ts';
import { startRedisServer } from '../support/redis-server.ts';

/** Where records are kept, of which a test opens as many stores as it likes. */
export interface RecordPlace {
  open(): RecordStore;
  /** Lets time go by for all records. */
  passTime(ms: number): Promise<void>;
  /** Closes every store that was opened here, and removes all. */
  remove(): Promise<void>;
}

/** An SQLite file with a clock of its own. */
export async function makeSqlitePlace(): Promise<RecordPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'records-'));
  const stores: RecordStore[] = [];
  let time = Date.UTC(2026, 5, 15, 12);
  return {
    open: () =>
      opened(
        stores,
        openSqliteStore(join(folder, 'records.sqlite'), () => time),
      ),
    passTime(ms) {
      time += ms;
      return Promise.resolve();
    },
    async remove() {
      await Promise.all(stores.map((store) => store.close()));
      await rm(folder, { recursive: true });
    },
  };
}

/** A Redis, whose own expiry is brought forward. */
export async function makeRedisPlace(): Promise<RecordPlace> {
  const redis = await startRedisServer();
  const stores: RecordStore[] = [];
  return {
    open: () => opened(stores, openRedisStore(redis.url)),
    async passTime(ms) {
      const keys = z.array(z.string()).parse(await redis.command('KEYS', '*'));
      for (const key of keys) {
        const left = z.number().parse(await redis.command('PTTL', key));
        // A record without an end has -1 here, and would be gone at once.
        await redis.command('PEXPIRE', key, String(left - ms));
      }
    },
    async remove() {
      await Promise.all(stores.map((store) => store.close()));
      await redis.stop();
    },
  };
}

function opened(stores: RecordStore[], store: RecordStore): RecordStore {
  stores.push(store);
  return store;
}
