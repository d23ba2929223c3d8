import { describe, expect, it } from 'vitest';
import { UpstreamTimeoutError, UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { ReadStoreError } from '../../../src/read-cache/read-store.ts';
import { catalogue, heldAnswers, numbered, startReadingWorld } from './reading-world.ts';
import { aRead, failureOf } from './scripted-server.ts';

describe('a read that several want at once', () => {
  it('is sent once', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startReadingWorld(script);
    const read = aRead({ reuse: catalogue });
    const answers = Array.from({ length: 10 }, () => world.reader.read({ ...read }));
    await reached('arrived', 1);
    held[0]?.end('{"a":"1"}');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 10 }, () => ({ a: '1' })));
    expect(world.server.requests).toHaveLength(1);
  });

  it('is sent for each part of its answer that is wanted', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startReadingWorld(script);
    const whole = world.reader.read(aRead({ reuse: catalogue }));
    const parts = ['first', 'second', 'first'].map((name) =>
      world.reader.read(aRead({ reuse: catalogue, part: { name, of: () => name } })),
    );
    await reached('arrived', 3);
    for (const response of held) response.end('{"a":"1"}');
    expect(await whole).toEqual({ a: '1' });
    expect(await Promise.all(parts)).toEqual(['first', 'second', 'first']);
    expect(world.server.requests).toHaveLength(3);
  });

  it('fails for all of them with the same failure', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startReadingWorld(script);
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
    await using world = await startReadingWorld(script);
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
    await using world = await startReadingWorld(script);
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
    await using world = await startReadingWorld(numbered(), (store) => ({ ...store, look: fails }));
    const read = aRead({ reuse: catalogue });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    expect(await world.reader.read(read)).toEqual({ number: '2' });
  });

  it('gives the answer that it cannot keep', async () => {
    await using world = await startReadingWorld(numbered(), (store) => ({ ...store, keep: fails }));
    const read = aRead({ reuse: catalogue });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
  });

  it('lets nobody wait for the store beyond their time', async () => {
    await using world = await startReadingWorld(numbered(), (store) => ({
      ...store,
      look: () => new Promise(() => undefined),
    }));
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    expect(await failureOf(world.reader.read(aRead({ reuse: catalogue, signal })))).toBeInstanceOf(
      UpstreamTimeoutError,
    );
  });

  it.each(['', '{', '[]'])('asks again where the store gives %j, which is no answer', async (text) => {
    await using world = await startReadingWorld(numbered(), (store) => ({
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
