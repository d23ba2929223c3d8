import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { UpstreamTimeoutError, UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { beginCustomerWrite } from '../../../src/read-cache/begin-customer-write.ts';
import { createMemoryReadStore } from '../../../src/read-cache/memory-read-store.ts';
import { ReadCache } from '../../../src/read-cache/read-cache.ts';
import { ReadStoreError, type ReadStore } from '../../../src/read-cache/read-store.ts';
import type { Reuse } from '../../../src/read-cache/reuse.ts';
import { createReusingReader, type ReusingReaderOptions } from '../../../src/upstream/http/reusing-reader.ts';
import type { UpstreamReader } from '../../../src/upstream/http/upstream-client.ts';
import { createEventCounter } from '../../support/event-counter.ts';
import {
  aRead,
  failureOf,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from './scripted-server.ts';

const ACCOUNT = { account: 'account', reader: 'reader' };
const TIMES = { catalogueMs: 1000, customerDataMs: 200 };
const catalogue: Reuse<unknown> = { kind: 'catalogue' };
const ofCustomer = (...customers: string[]): Reuse<unknown> => ({
  kind: 'customer-data',
  customers,
  mayKeep: () => true,
});

/** A server that answers each request with its number, a reader of it, and the clock and store behind. */
interface World extends AsyncDisposable {
  readonly server: ScriptedServer;
  readonly store: ReadStore;
  readonly reader: UpstreamReader;
  /** Another reader with the same cache. */
  another(changes: Partial<ReusingReaderOptions>): UpstreamReader;
  passTime(ms: number): void;
}

function numbered(): Script {
  let number = 0;
  return (_request, response) => response.end(`{"number":"${(number += 1)}"}`);
}

async function startWorld(script: Script = numbered(), wrap = (store: ReadStore) => store): Promise<World> {
  const server = await startScriptedServer(script, 2000);
  let time = 0;
  const now = () => time;
  const store = wrap(createMemoryReadStore({ now }));
  const cache = new ReadCache({ store, now });
  const another = (changes: Partial<ReusingReaderOptions>): UpstreamReader =>
    createReusingReader({
      client: server.client,
      cache,
      account: ACCOUNT,
      scope: 'scope',
      times: TIMES,
      ...changes,
    });
  return {
    server,
    store,
    another,
    reader: another({}),
    passTime(ms) {
      time += ms;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Answers when the test says so. */
function heldAnswers() {
  const events = createEventCounter<'arrived' | 'broken off'>();
  const held: ServerResponse[] = [];
  const script: Script = (_request, response) => {
    held.push(response);
    response.once('close', () => {
      if (!response.writableEnded) events.happened('broken off');
    });
    events.happened('arrived');
  };
  return { script, held, reached: events.reached };
}

async function write(store: ReadStore, customerId: string, account = 'account'): Promise<void> {
  await (await beginCustomerWrite(store, { account, customerId, forMs: 1000 })).end();
}

describe('a reader that reuses answers', () => {
  it('sends a read again that says nothing of reuse', async () => {
    await using world = await startWorld();
    expect(await world.reader.read(aRead())).toEqual({ number: '1' });
    expect(await world.reader.read(aRead())).toEqual({ number: '2' });
  });

  it('gives an answer again until its time is over', async () => {
    await using world = await startWorld();
    const read = aRead({ reuse: catalogue });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    world.passTime(999);
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    world.passTime(1);
    expect(await world.reader.read(read)).toEqual({ number: '2' });
  });

  it('gives customer data again for its own time', async () => {
    await using world = await startWorld();
    const read = aRead({ reuse: ofCustomer('cus_1') });
    await world.reader.read(read);
    world.passTime(199);
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    world.passTime(1);
    expect(await world.reader.read(read)).toEqual({ number: '2' });
  });

  it('counts the time from before the upstream was asked', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startWorld(script);
    const read = aRead({ reuse: catalogue });
    const first = world.reader.read(read);
    await reached('arrived', 1);
    world.passTime(1000);
    held[0]?.end('{}');
    await first;
    const second = world.reader.read(read);
    await reached('arrived', 2);
    held[1]?.end('{}');
    await second;
  });

  it.each<readonly [string, Partial<ReusingReaderOptions>]>([
    ['scope', { scope: 'other' }],
    ['account', { account: { account: 'other', reader: 'reader' } }],
    ['token', { account: { account: 'account', reader: 'other' } }],
  ])('gives nothing to readers of another %s', async (_what, changes) => {
    await using world = await startWorld();
    const read = aRead({ reuse: catalogue });
    await world.reader.read(read);
    expect(await world.another(changes).read(read)).toEqual({ number: '2' });
    expect(await world.another({}).read(read)).toEqual({ number: '1' });
  });

  it.each([
    { operation: 'other' },
    { path: '/other' },
    { query: new URLSearchParams({ limit: '2' }) },
    { method: 'POST', body: { a: 1 } },
    { method: 'POST', body: { a: 2 } },
  ] as const)('takes a read with %o for another one', async (changes) => {
    await using world = await startWorld();
    await world.reader.read(aRead({ reuse: catalogue }));
    await world.reader.read(aRead({ reuse: catalogue, method: 'POST', body: { a: 3 } }));
    expect(await world.reader.read(aRead({ reuse: catalogue, ...changes }))).toEqual({ number: '3' });
  });

  it('keeps no failure, and nothing that is not there', async () => {
    const statuses = [503, 404, 200];
    await using world = await startWorld((_request, response) => {
      response.statusCode = statuses.shift() ?? 500;
      response.end('{}');
    });
    const read = aRead({ reuse: catalogue });
    await failureOf(world.reader.read(read));
    expect(await world.reader.read(read)).toBeNull();
    expect(await world.reader.read(read)).toEqual({});
    expect(await world.reader.read(read)).toEqual({});
    expect(world.server.requests).toHaveLength(3);
  });

  it('keeps no answer that is not as documented', async () => {
    const bodies = ['{', '{}'];
    await using world = await startWorld((_request, response) => response.end(bodies.shift()));
    const read = aRead({ reuse: catalogue });
    expect((await failureOf(world.reader.read(read))).code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(await world.reader.read(read)).toEqual({});
  });

  it('keeps no answer of which the read says so', async () => {
    await using world = await startWorld();
    const reuse: Reuse<unknown> = { kind: 'customer-data', customers: 'any', mayKeep: () => false };
    await world.reader.read(aRead({ reuse }));
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '2' });
  });
});

describe('a read whose customer is written', () => {
  it.each<readonly [string, Reuse<unknown>]>([
    ['the customer', ofCustomer('cus_1')],
    ['a batch with the customer', ofCustomer('cus_0', 'cus_1')],
    ['all customers', { kind: 'customer-data', customers: 'any', mayKeep: () => true }],
  ])('is sent again after the write: %s', async (_what, reuse) => {
    await using world = await startWorld();
    await world.reader.read(aRead({ reuse }));
    await write(world.store, 'cus_1');
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '2' });
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '2' });
  });

  it.each<readonly [string, Reuse<unknown>]>([
    ['another customer', ofCustomer('cus_2')],
    ['the catalogue', catalogue],
  ])('leaves what was read of others: %s', async (_what, reuse) => {
    await using world = await startWorld();
    await world.reader.read(aRead({ reuse }));
    await write(world.store, 'cus_1');
    await write(world.store, 'cus_2', 'another account');
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '1' });
  });

  it('is sent for each who asks while the write is under way, and kept for nobody', async () => {
    await using world = await startWorld();
    const read = aRead({ reuse: ofCustomer('cus_1') });
    await world.reader.read(read);
    const begun = await beginCustomerWrite(world.store, {
      account: 'account',
      customerId: 'cus_1',
      forMs: 1000,
    });
    expect(await world.reader.read(read)).toEqual({ number: '2' });
    expect(await world.reader.read(read)).toEqual({ number: '3' });
    await begun.end();
    expect(await world.reader.read(read)).toEqual({ number: '4' });
    expect(await world.reader.read(read)).toEqual({ number: '4' });
  });

  it('is not kept for a minute after a write of which nothing more is heard', async () => {
    await using world = await startWorld();
    const read = aRead({ reuse: ofCustomer('cus_1') });
    await beginCustomerWrite(world.store, { account: 'account', customerId: 'cus_1', forMs: 1000 });
    world.passTime(60_999);
    await world.reader.read(read);
    expect(await world.reader.read(read)).toEqual({ number: '2' });
    world.passTime(1);
    await world.reader.read(read);
    expect(await world.reader.read(read)).toEqual({ number: '3' });
  });

  it.each([
    ['began', 'arrived'],
    ['began and ended', 'ended'],
  ])('is not joined by who comes after the write %s, and not kept', async (_what, when) => {
    const { script, held, reached } = heldAnswers();
    await using world = await startWorld(script);
    const read = aRead({ reuse: ofCustomer('cus_1') });
    const before = world.reader.read(read);
    await reached('arrived', 1);
    const begun = await beginCustomerWrite(world.store, {
      account: 'account',
      customerId: 'cus_1',
      forMs: 1000,
    });
    if (when === 'ended') await begun.end();
    const after = world.reader.read(read);
    await reached('arrived', 2);
    held[1]?.end('{"when":"after"}');
    held[0]?.end('{"when":"before"}');
    expect(await Promise.all([before, after])).toEqual([{ when: 'before' }, { when: 'after' }]);
    if (when === 'arrived') await begun.end();
    const later = world.reader.read(read);
    if (when === 'arrived') {
      await reached('arrived', 3);
      held[2]?.end('{"when":"later"}');
    }
    expect(await later).toEqual({ when: when === 'ended' ? 'after' : 'later' });
  });
});

describe('a read that several want at once', () => {
  it('is sent once', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startWorld(script);
    const read = aRead({ reuse: catalogue });
    const answers = Array.from({ length: 10 }, () => world.reader.read({ ...read }));
    await reached('arrived', 1);
    held[0]?.end('{"a":"1"}');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 10 }, () => ({ a: '1' })));
    expect(world.server.requests).toHaveLength(1);
  });

  it('fails for all of them with the same failure', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startWorld(script);
    const failures = [1, 2].map(() => failureOf(world.reader.read(aRead({ reuse: catalogue }))));
    await reached('arrived', 1);
    held[0]?.writeHead(429).end();
    const [first, second] = await Promise.all(failures);
    expect(first?.code).toBe('UPSTREAM_RATE_LIMITED');
    expect(second).toBe(first);
    expect(world.server.requests).toHaveLength(1);
  });

  it.each([
    ['goes away', new DOMException('gone', 'AbortError'), UpstreamUnavailableError],
    ['has no more time', new DOMException('late', 'TimeoutError'), UpstreamTimeoutError],
  ])('goes on for the others when one of them %s', async (_what, reason, failure) => {
    const { script, held, reached } = heldAnswers();
    await using world = await startWorld(script);
    const controller = new AbortController();
    const leaving = failureOf(world.reader.read(aRead({ reuse: catalogue, signal: controller.signal })));
    const staying = world.reader.read(aRead({ reuse: catalogue }));
    await reached('arrived', 1);
    controller.abort(reason);
    expect(await leaving).toBeInstanceOf(failure);
    held[0]?.end('{"a":"1"}');
    expect(await staying).toEqual({ a: '1' });
    expect(world.server.client.health.judge()).toBe('UP');
  });

  it('is broken off when all of them have gone, and sent anew for the next', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startWorld(script);
    const controllers = [new AbortController(), new AbortController()];
    const leaving = controllers.map(({ signal }) =>
      failureOf(world.reader.read(aRead({ reuse: catalogue, signal }))),
    );
    await reached('arrived', 1);
    for (const controller of controllers) controller.abort(new DOMException('gone', 'AbortError'));
    await Promise.all(leaving);
    await reached('broken off', 1);
    const next = world.reader.read(aRead({ reuse: catalogue }));
    await reached('arrived', 2);
    held[1]?.end('{}');
    expect(await next).toEqual({});
  });
});

describe('a reader whose store cannot be reached', () => {
  const fails = (): Promise<never> => Promise.reject(new ReadStoreError('away'));

  it('sends every read', async () => {
    await using world = await startWorld(numbered(), (store) => ({ ...store, look: fails }));
    const read = aRead({ reuse: catalogue });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    expect(await world.reader.read(read)).toEqual({ number: '2' });
  });

  it('gives the answer that it cannot keep', async () => {
    await using world = await startWorld(numbered(), (store) => ({ ...store, keep: fails }));
    const read = aRead({ reuse: catalogue });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
  });

  it('lets nobody wait for the store beyond their time', async () => {
    await using world = await startWorld(numbered(), (store) => ({
      ...store,
      look: () => new Promise(() => undefined),
    }));
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    expect(await failureOf(world.reader.read(aRead({ reuse: catalogue, signal })))).toBeInstanceOf(
      UpstreamTimeoutError,
    );
  });

  it.each(['', '{', '[]'])('asks again where the store gives %j, which is no answer', async (text) => {
    await using world = await startWorld(numbered(), (store) => ({
      ...store,
      look: async (key, subjects) => {
        const { epoch } = await store.look(key, subjects);
        return { kept: { epoch: epoch ?? '', content: text }, epoch };
      },
    }));
    const isObject = Object.assign(
      (body: unknown): body is unknown => typeof body === 'object' && !Array.isArray(body),
      { fieldNames: new Set<string>() },
    );
    const read = aRead({ reuse: catalogue, answer: isObject });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
  });
});
