import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { beginCustomerWrite } from '../../src/read-cache/begin-customer-write.ts';
import { answerKey, hashedKey, subjectsOf } from '../../src/read-cache/read-keys.ts';
import type { ReadStore } from '../../src/read-cache/read-store.ts';
import { openRedisReadStore, type RedisReadStoreOptions } from '../../src/read-cache/redis-read-store.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';

const FAILED = { name: 'ReadStoreError' };
const MINUTE = 60_000;
const CANARY = 'canary7f3a';
const CHECKED = { value: {}, check: 'check' };
/** Well under the time that a command may take; what fails within it did not wait for anything. */
const SOON_MS = 500;
/** The longest pause between two attempts to connect, and some time. */
const COMES_BACK = { timeout: 5000, interval: 20 };

const texts = z.array(z.string());
const stores: ReadStore[] = [];

function open(url: string, options?: RedisReadStoreOptions): ReadStore {
  const store = openRedisReadStore(url, options);
  stores.push(store);
  return store;
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

describe.skipIf(withoutRedis('what is particular to the store of reads in Redis'))(
  'openRedisReadStore',
  () => {
    let redis: RedisServer;

    beforeAll(async () => {
      redis = await startRedisServer();
    });
    beforeEach(async () => {
      await redis.command('FLUSHALL');
    });
    afterAll(() => redis.stop());

    it('is done keeping once those who looked before have gone on', async () => {
      const store = open(redis.url);
      const { epoch } = await store.look('key', []);
      await store.keep('another', [], { epoch: epoch ?? '', checked: CHECKED, text: '{}' }, MINUTE);
      const done: string[] = [];
      const goOn = async (): Promise<void> => {
        const { kept } = await store.look('key', []);
        for (let step = 0; step < 20; step += 1) await Promise.resolve();
        done.push(kept === null ? 'found nothing' : 'found');
      };
      const looking = goOn();
      await store.keep('key', [], { epoch: epoch ?? '', checked: CHECKED, text: '{}' }, MINUTE);
      done.push('kept');
      await looking;
      expect(done).toEqual(['found nothing', 'kept']);
    });

    it('has keys of its own, with an end, that tell no id and no name', async () => {
      const store = open(redis.url);
      const account = `account of ${CANARY}`;
      const key = answerKey({
        account,
        reader: CANARY,
        scope: CANARY,
        operation: CANARY,
        method: 'GET',
        path: `/customers/${CANARY}`,
        query: CANARY,
        body: CANARY,
        part: CANARY,
      });
      await store.look(key, subjectsOf(account, [CANARY]));
      await store.keep(key, [], { epoch: '', checked: CHECKED, text: '{}' }, MINUTE);
      await beginCustomerWrite(store, { account, customerId: CANARY, forMs: MINUTE });
      const keys = texts.parse(await redis.command('KEYS', '*'));
      expect(keys).toHaveLength(5);
      for (const name of keys) {
        expect(name).toMatch(/^billing-gateway:\{read\}:[\w-]{43}(:epoch|:writes)?$/);
        expect(Number(await redis.command('PTTL', name))).toBeGreaterThan(0);
      }
    });

    it('keeps no body of more than a megabyte', async () => {
      const store = open(redis.url);
      await store.keep('small', [], { epoch: '', checked: CHECKED, text: 'a'.repeat(1_000_000) }, MINUTE);
      await store.keep('large', [], { epoch: '', checked: CHECKED, text: 'é'.repeat(500_001) }, MINUTE);
      expect((await store.look('small', [])).kept).not.toBeNull();
      expect((await store.look('large', [])).kept).toBeNull();
    });

    it('takes no epoch for one of before that Redis has lost', async () => {
      const store = open(redis.url);
      const before = await store.look('key', ['subject']);
      await redis.command('DEL', `billing-gateway:{read}:${hashedKey('subject')}:epoch`);
      const after = await store.look('key', ['subject']);
      expect(after.epoch).not.toBe(before.epoch);
      expect(after.epoch).not.toBeNull();
    });

    it('fails at once while Redis is gone, in every method, and works again once it is back', async () => {
      const store = open(redis.url);
      await store.look('key', []);
      await redis.kill();
      const from = performance.now();
      await expect(store.look('key', [])).rejects.toMatchObject(FAILED);
      await expect(
        store.keep('key', [], { epoch: '', checked: CHECKED, text: '{}' }, MINUTE),
      ).rejects.toMatchObject(FAILED);
      await expect(store.beginWrite('write', ['subject'], MINUTE)).rejects.toMatchObject(FAILED);
      await expect(store.endWrite('write', ['subject'])).rejects.toMatchObject(FAILED);
      expect(performance.now() - from).toBeLessThan(SOON_MS);
      await redis.start();
      await expect
        .poll(() => Promise.resolve(store.look('key', [])).catch(() => null), COMES_BACK)
        .not.toBeNull();
    });

    it('waits for Redis no longer than a command may take', async () => {
      const store = open(redis.url, { commandTimeoutMs: 200 });
      const answers = () => Promise.resolve(store.look('key', [])).catch(() => null);
      // The first connection may take longer where the machine is busy.
      await expect.poll(answers, COMES_BACK).not.toBeNull();
      redis.pause();
      const from = performance.now();
      await expect(store.look('key', [])).rejects.toMatchObject(FAILED);
      expect(performance.now() - from).toBeLessThan(200 + SOON_MS);
      redis.resume();
      await expect.poll(answers, COMES_BACK).not.toBeNull();
    });

    it('fails where its keys hold something else', async () => {
      await redis.command('HSET', `billing-gateway:{read}:${hashedKey('key')}`, 'field', 'value');
      await expect(open(redis.url).look('key', [])).rejects.toMatchObject(FAILED);
    });
  },
);

describe('openRedisReadStore without a Redis', () => {
  it('refuses a URL that cannot be used, and does not repeat it', () => {
    expect(() => openRedisReadStore(`redis://:${CANARY}%@host`)).toThrow(
      expect.objectContaining({ ...FAILED, message: 'The URL of Redis cannot be used.' }),
    );
  });
});
