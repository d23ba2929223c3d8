import { describe, expect, it } from 'vitest';
import { beginCustomerWrite } from '../../../src/read-cache/begin-customer-write.ts';
import type { ReadStore } from '../../../src/read-cache/read-store.ts';
import type { Reuse } from '../../../src/read-cache/reuse.ts';
import { catalogue, heldAnswers, ofCustomer, startReadingWorld } from './reading-world.ts';
import { aRead } from './scripted-server.ts';

async function write(store: ReadStore, customerId: string, account = 'account'): Promise<void> {
  await (await beginCustomerWrite(store, { account, customerId, forMs: 1000 })).end();
}

describe('a read whose customer is written', () => {
  it.each<readonly [string, Reuse<unknown>]>([
    ['the customer', ofCustomer('cus_1')],
    ['a batch with the customer', ofCustomer('cus_0', 'cus_1')],
    ['all customers', { kind: 'customer-data', customers: 'any', mayKeep: () => true }],
  ])('is sent again after the write: %s', async (_what, reuse) => {
    await using world = await startReadingWorld();
    await world.reader.read(aRead({ reuse }));
    await write(world.store, 'cus_1');
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '2' });
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '2' });
  });

  it.each<readonly [string, Reuse<unknown>]>([
    ['another customer', ofCustomer('cus_2')],
    ['the catalogue', catalogue],
  ])('leaves what was read of others: %s', async (_what, reuse) => {
    await using world = await startReadingWorld();
    await world.reader.read(aRead({ reuse }));
    await write(world.store, 'cus_1');
    await write(world.store, 'cus_2', 'another account');
    expect(await world.reader.read(aRead({ reuse }))).toEqual({ number: '1' });
  });

  it('is sent for each who asks while the write is under way, and kept for nobody', async () => {
    await using world = await startReadingWorld();
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
    await using world = await startReadingWorld();
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
    await using world = await startReadingWorld(script);
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
