import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openRedisStore, type RedisStoreOptions } from '../../src/record-store/redis-store.ts';
import type { RecordStore } from '../../src/write/record-store.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';

const HOUR = { expected: null, keepMs: 3_600_000 };
const FAILED = { name: 'RecordStoreError' };
const PASSWORD = 'canary7f3a';
/** Well under the time that a command may take; what fails within it did not wait for anything. */
const SOON_MS = 500;
/** The longest pause between two attempts to connect, and some time. */
const COMES_BACK = { timeout: 5000, interval: 20 };

const stores: RecordStore[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  for (const server of servers.splice(0)) server.close();
});

function open(url: string, options?: RedisStoreOptions): RecordStore {
  const store = openRedisStore(url, options);
  stores.push(store);
  return store;
}

function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => 'none', String);
}

/** What a store says that cannot do its work. */
function cannotBeUsed(fault: string): string {
  return `RecordStoreError: The idempotency records in Redis cannot be used (${fault}).`;
}

/** A TCP server that a test plays Redis with. */
async function listen(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no TCP port');
  return address.port;
}

describe.skipIf(withoutRedis('failures of the record store in Redis'))('openRedisStore', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.stop());

  it('keeps records under keys of its own, with an end', async () => {
    await open(redis.url).put('caller:key', 'text', HOUR);
    expect(await redis.command('KEYS', '*')).toEqual(['billing-gateway:record:caller:key']);
    const left = Number(await redis.command('PTTL', 'billing-gateway:record:caller:key'));
    expect(left).toBeLessThanOrEqual(HOUR.keepMs);
    expect(left).toBeGreaterThan(HOUR.keepMs - 60_000);
  });

  it('uses the database that the URL names', async () => {
    await open(`${redis.url}/5`).put('in five', 'text', HOUR);
    expect(await open(redis.url).get('in five')).toBeNull();
    expect(await open(`${redis.url}/5`).get('in five')).toMatchObject({ text: 'text' });
  });

  it('neither reads nor replaces what no gateway wrote', async () => {
    await redis.command('SET', 'billing-gateway:record:foreign', 'text');
    const store = open(redis.url);
    expect(await failureOf(store.get('foreign'))).toBe(
      'RecordStoreError: Redis holds a record that no gateway wrote.',
    );
    expect(await store.put('foreign', 'text', HOUR)).toBeNull();
    expect(await redis.command('GET', 'billing-gateway:record:foreign')).toBe('text');
  });

  it('says the kind of what Redis answered, and no more of it', async () => {
    await redis.command('HSET', 'billing-gateway:record:canary7f3a', 'field', 'value');
    expect(await failureOf(open(redis.url).put('canary7f3a', 'text', HOUR))).toBe(cannotBeUsed('WRONGTYPE'));
  });

  it('fails at once while Redis is gone, in every method, and works again once it is back', async () => {
    const store = open(redis.url);
    const version = await store.put('before', 'text', HOUR);
    await redis.kill();
    const from = performance.now();
    await expect(store.get('before')).rejects.toMatchObject(FAILED);
    await expect(store.put('after', 'text', HOUR)).rejects.toMatchObject(FAILED);
    await expect(store.remove('before', version ?? 0)).rejects.toMatchObject(FAILED);
    expect(performance.now() - from).toBeLessThan(SOON_MS);
    await redis.start();
    await expect.poll(() => store.put('after', 'text', HOUR).catch(() => null), COMES_BACK).not.toBeNull();
    expect(await store.get('after')).toMatchObject({ text: 'text' });
  });

  it('sends no command later that failed while Redis was gone', async () => {
    const store = open(redis.url);
    await store.get('any');
    await redis.kill();
    await expect(store.put('given up', 'text', HOUR)).rejects.toMatchObject(FAILED);
    await redis.start();
    await expect.poll(() => store.get('given up').catch(() => 'gone'), COMES_BACK).toBeNull();
  });

  it('can be opened while Redis is away', async () => {
    await redis.kill();
    const store = open(redis.url);
    const from = performance.now();
    expect(await failureOf(store.get('any'))).toBe(cannotBeUsed('ECONNREFUSED'));
    expect(performance.now() - from).toBeLessThan(SOON_MS);
    await redis.start();
    await expect.poll(() => store.get('any').catch(() => 'gone'), COMES_BACK).toBeNull();
  });

  it('waits for an answer no longer than a command may take, and works again once Redis answers', async () => {
    const store = open(redis.url, { commandTimeoutMs: 200 });
    await store.get('any');
    redis.pause();
    const from = performance.now();
    expect(await failureOf(store.get('any'))).toBe('RecordStoreError: Redis does not answer in time.');
    expect(performance.now() - from).toBeLessThan(200 + SOON_MS);
    await expect(store.put('any', 'text', HOUR)).rejects.toMatchObject(FAILED);
    redis.resume();
    await expect.poll(() => store.get('any').catch(() => 'gone'), COMES_BACK).toBeNull();
  });

  it('tries a new connection when nothing comes over the old one, however often it is asked', async () => {
    let silent = false;
    const sockets: Socket[] = [];
    const port = await listen((socket) => {
      sockets.push(socket);
      const upstream = connect(redis.port, '127.0.0.1');
      const isOld = sockets.length === 1;
      socket.on('data', (bytes) => upstream.write(bytes)).on('close', () => upstream.destroy());
      upstream.on('data', (bytes) => {
        if (!isOld || !silent) socket.write(bytes);
      });
      socket.on('error', () => upstream.destroy());
    });
    const store = open(`redis://127.0.0.1:${port}`, { commandTimeoutMs: 1000 });
    await store.get('any');
    silent = true;
    await expect.poll(() => store.get('any').catch(() => 'gone'), COMES_BACK).toBeNull();
    expect(sockets).toHaveLength(2);
  });

  it('tries again when a connection never gets through its greeting', async () => {
    let connections = 0;
    const port = await listen((socket) => {
      connections += 1;
      if (connections > 1) socket.pipe(connect(redis.port, '127.0.0.1')).pipe(socket);
    });
    const store = open(`redis://127.0.0.1:${port}`, { commandTimeoutMs: 100 });
    await expect(store.get('any')).rejects.toMatchObject(FAILED);
    await expect.poll(() => store.get('any').catch(() => 'gone'), COMES_BACK).toBeNull();
  });

  it('opens no connection after it is closed, and leaves none open', async () => {
    const closed: Promise<unknown>[] = [];
    const port = await listen((socket) => {
      closed.push(once(socket, 'close'));
      socket.pipe(connect(redis.port, '127.0.0.1')).pipe(socket);
    });
    // So long that none ends because it is idle.
    const idle = { commandTimeoutMs: 60_000 };
    const underWay = open(`redis://127.0.0.1:${port}`, idle);
    await underWay.close();
    const connected = open(`redis://127.0.0.1:${port}`, idle);
    await connected.get('any');
    await connected.close();
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });
});

describe.skipIf(withoutRedis('passwords of the record store in Redis'))('a Redis with a password', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await startRedisServer('--requirepass', PASSWORD);
  });
  afterAll(() => redis.stop());

  it('is used with the password of the URL', async () => {
    const store = open(`redis://:${PASSWORD}@127.0.0.1:${redis.port}`);
    expect(await store.put('key', 'text', HOUR)).not.toBeNull();
  });

  it.each([
    ['none', '', 'NOAUTH'],
    ['another', `:${PASSWORD}x@`, 'WRONGPASS'],
  ])('is not used with %s, which is said without the password', async (_what, credentials, code) => {
    const store = open(`redis://${credentials}127.0.0.1:${redis.port}`);
    expect(await failureOf(store.get('key'))).toBe(cannotBeUsed(code));
  });
});

describe('openRedisStore without a Redis', () => {
  it('speaks TLS where the URL says so', async () => {
    const greeting = Promise.withResolvers<Buffer>();
    const port = await listen((socket) => socket.once('data', greeting.resolve));
    open(`rediss://:${PASSWORD}@127.0.0.1:${port}`);
    const bytes = await greeting.promise;
    // A handshake record of TLS.
    expect([...bytes.subarray(0, 2)]).toEqual([0x16, 0x03]);
    expect(bytes.toString('latin1')).not.toContain(PASSWORD);
  });

  it.each(['canary7f3a', 'http://canary7f3a', 'redis://:canary7f3a%@host', 'redis://host/canary7f3a'])(
    'refuses the URL %s, and does not repeat it',
    (url) => {
      expect(() => openRedisStore(url)).toThrow(
        expect.objectContaining({ ...FAILED, message: 'The URL of Redis cannot be used.' }),
      );
    },
  );
});
