import { describe, expect, it } from 'vitest';
import type { Reuse } from '../../../src/read-cache/reuse.ts';
import type { ReusingReaderOptions } from '../../../src/upstream/http/reusing-reader.ts';
import { catalogue, heldAnswers, ofCustomer, startReadingWorld } from './reading-world.ts';
import { aRead, failureOf } from './scripted-server.ts';

describe('a reader that reuses answers', () => {
  it('sends a read again that says nothing of reuse', async () => {
    await using world = await startReadingWorld();
    expect(await world.reader.read(aRead())).toEqual({ number: '1' });
    expect(await world.reader.read(aRead())).toEqual({ number: '2' });
  });

  it('gives an answer again until its time is over', async () => {
    await using world = await startReadingWorld();
    const read = aRead({ reuse: catalogue });
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    world.passTime(999);
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    world.passTime(1);
    expect(await world.reader.read(read)).toEqual({ number: '2' });
  });

  it('gives customer data again for its own time', async () => {
    await using world = await startReadingWorld();
    const read = aRead({ reuse: ofCustomer('cus_1') });
    await world.reader.read(read);
    world.passTime(199);
    expect(await world.reader.read(read)).toEqual({ number: '1' });
    world.passTime(1);
    expect(await world.reader.read(read)).toEqual({ number: '2' });
  });

  it('counts the time from before the upstream was asked', async () => {
    const { script, held, reached } = heldAnswers();
    await using world = await startReadingWorld(script);
    const read = aRead({ reuse: catalogue });
    const first = world.reader.read(read);
    await reached('arrived', 1);
    world.passTime(1000);
    held[0]?.end('{}');
    await first;
    const second = world.reader.read(read);
    await reached('arrived', 2);
    held[1]?.end('{}');
    expect(await second).toEqual({});
  });

  it.each<readonly [string, Partial<ReusingReaderOptions>]>([
    ['scope', { scope: 'other' }],
    ['account', { account: { account: 'other', reader: 'reader' } }],
    ['token', { account: { account: 'account', reader: 'other' } }],
  ])('gives nothing to readers of another %s', async (_what, changes) => {
    await using world = await startReadingWorld();
    const read = aRead({ reuse: catalogue });
    await world.reader.read(read);
    expect(await world.another(changes).read(read)).toEqual({ number: '2' });
    expect(await world.another({}).read(read)).toEqual({ number: '1' });
  });

  it.each([
    { operation: 'other' },
    { path: '/other' },
    { query: 'limit=2' },
    { method: 'POST', body: { a: 1 } },
    { method: 'POST', body: { a: 2 } },
  ] as const)('takes a read with %o for another one', async (changes) => {
    await using world = await startReadingWorld();
    await world.reader.read(aRead({ reuse: catalogue }));
    await world.reader.read(aRead({ reuse: catalogue, method: 'POST', body: { a: 3 } }));
    expect(await world.reader.read(aRead({ reuse: catalogue, ...changes }))).toEqual({ number: '3' });
  });

  it('keeps no failure, and nothing that is not there', async () => {
    const statuses = [503, 404, 200];
    await using world = await startReadingWorld((_request, response) => {
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
    await using world = await startReadingWorld((_request, response) => response.end(bodies.shift()));
    const read = aRead({ reuse: catalogue });
    expect((await failureOf(world.reader.read(read))).code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(await world.reader.read(read)).toEqual({});
  });

  it('keeps no answer of which the read says so', async () => {
    await using world = await startReadingWorld();
    const reuse: Reuse<unknown> = { kind: 'customer-data', customers: 'any', mayKeep: () => false };
    await world.reader.read(aRead({ reuse }));
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '2' });
  });
});
