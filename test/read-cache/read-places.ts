import { z } from 'zod';
import { createMemoryReadStore } from '../../src/read-cache/memory-read-store.ts';
import { openRedisReadStore } from '../../src/read-cache/redis-read-store.ts';
import type { ReadStore } from '../../src/read-cache/read-store.ts';
import { startRedisServer } from '../support/redis-server.ts';

/** Where answers are kept, for all who open a store there. */
export interface ReadPlace {
  open(): ReadStore;
  /** Lets time go by for answers and writes. */
  passTime(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** The memory of this process: whoever opens it gets the one store. */
export function makeMemoryPlace(): Promise<ReadPlace> {
  let now = 0;
  const store = createMemoryReadStore({ now: () => now });
  return Promise.resolve({
    open: () => store,
    passTime(ms) {
      now += ms;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}

/** A Redis, whose own expiry is brought forward. */
export async function makeRedisPlace(): Promise<ReadPlace> {
  const redis = await startRedisServer();
  const stores: ReadStore[] = [];
  return {
    open() {
      const store = openRedisReadStore(redis.url);
      stores.push(store);
      return store;
    },
    async passTime(ms) {
      for (const key of texts.parse(await redis.command('KEYS', '*'))) {
        if ((await redis.command('TYPE', key)) === 'zset') {
          const members = texts.parse(await redis.command('ZRANGE', key, '0', '-1'));
          for (const member of members) await redis.command('ZINCRBY', key, String(-ms), member);
        }
        const left = z.number().parse(await redis.command('PTTL', key));
        await redis.command('PEXPIRE', key, String(left - ms));
      }
    },
    async close() {
      for (const store of stores) store.close();
      await redis.stop();
    },
  };
}

const texts = z.array(z.string());
