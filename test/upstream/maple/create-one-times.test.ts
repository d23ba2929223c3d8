import { describe, expect, it } from 'vitest';
import type { NewMapleCharges } from '../../../src/domain/mutation/new-charge.ts';
import {
  UpstreamInvalidResponseError,
  UpstreamUnavailableError,
} from '../../../src/errors/upstream-error.ts';
import { createOneTimesWrite } from '../../../src/upstream/maple/create-one-times.ts';
import type { MapleOneTimeBillable } from '../../../src/upstream/maple/wire.gen.ts';
import { fingerprint, upstreamKey } from '../../../src/write/write-keys.ts';
import { decimal } from '../../domain/mutation/charge-inputs.ts';
import { documentedRequests } from '../documented-members.ts';
import { fiat } from '../new-money.ts';
import { otherWrites } from '../other-writes.ts';
import { ENDLESS, startRecordingUpstream, type RecordingUpstream } from '../recording-upstream.ts';
import { customItem, newCharges, pricedItem } from './new-charges.ts';
import { money, number, oneTimeRow } from './wire-rows.ts';

const documented = documentedRequests('maple');
const PATH = '/api/v1/companies/cmp_1/one_times';

/** The row that bills `pricedItem`, with some members changed. */
function pricedRow(id: string, members: Partial<MapleOneTimeBillable> = {}): MapleOneTimeBillable {
  return oneTimeRow({ id, type: 'NEXT', aggregate: number('2'), product_pricing_id: 'price_1', ...members });
}

/** The row that bills `customItem`, with some members changed. */
function customRow(id: string, members: Partial<MapleOneTimeBillable> = {}): MapleOneTimeBillable {
  const price = { amount: money('1250'), product_id: 'prod_1', description: 'Workshop' };
  return oneTimeRow({ id, type: 'NEXT', aggregate: number('1'), custom_price: price, ...members });
}

function writeTo({ client }: RecordingUpstream, charges: NewMapleCharges = newCharges()) {
  return createOneTimesWrite(client, 'cmp_1', 'cus_1', charges);
}

/** An upstream whose customer has these charges, newest first. */
function upstreamWith(...rows: readonly MapleOneTimeBillable[]): Promise<RecordingUpstream> {
  return startRecordingUpstream('MAPLE', () => ({ pagination: {}, results: rows }));
}

describe('one-time charges of Maple', () => {
  it('are sent to the company, and made as the answer tells', async () => {
    const rows = [pricedRow('one_1'), customRow('one_2')];
    const upstream = await startRecordingUpstream('MAPLE', () => rows);
    const key = upstreamKey({ account: 'a', caller: 'c', idempotencyKey: 'k' }, 1);
    const charges = newCharges({ items: [pricedItem(), customItem()] });
    const attempt = await writeTo(upstream, charges).send(key, ENDLESS);
    if (attempt.kind !== 'done') throw new Error(attempt.kind);
    expect(attempt.answer.effect([], new Set())).toEqual(['one_1', 'one_2']);
    expect(attempt.answer.result).toMatchObject([
      { providerId: 'one_1', quantity: '2', unitPrice: null },
      { providerId: 'one_2', quantity: '1', unitPrice: { amount: '12.50' } },
    ]);
    expect(upstream.requests).toMatchObject([{ method: 'POST', path: PATH, idempotencyKey: key }]);
    expect(key.length).toBeLessThanOrEqual(64);
    expect(upstream.requests.flatMap(documented.problems)).toEqual([]);
  });

  it('are made also where the answer cannot be shown', async () => {
    const { aggregate: _, ...row } = pricedRow('one_1');
    const upstream = await startRecordingUpstream('MAPLE', () => [row]);
    const attempt = await writeTo(upstream).send('key', ENDLESS);
    expect(attempt).toMatchObject({ kind: 'done', answer: { result: null } });
    expect(attempt.kind === 'done' && attempt.answer.effect([], new Set())).toEqual(['one_1']);
  });

  it('may be made where the answer is no list', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => ({}));
    expect(await writeTo(upstream).send('key', ENDLESS)).toEqual({ kind: 'unclear', answer: 'failure' });
  });

  it('are one input by all that is sent, notes and metadata included', async () => {
    const upstream = await upstreamWith();
    const prints = [
      {},
      { notes: 'a' },
      { metadata: { a: 'b' } },
      { timing: 'IMMEDIATE' } as const,
      { items: [pricedItem(), pricedItem()] },
    ].map((changes) => fingerprint(writeTo(upstream, newCharges(changes))));
    expect(new Set(prints).size).toBe(prints.length);
    const metadata = [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ];
    const same = metadata.map((value) => fingerprint(writeTo(upstream, newCharges({ metadata: value }))));
    expect(new Set(same).size).toBe(1);
  });

  it('share a lane with all of the customer', async () => {
    const upstream = await upstreamWith();
    const lane = writeTo(upstream, newCharges({ items: [customItem()], timing: 'IMMEDIATE' })).lane;
    expect(writeTo(upstream).lane).toBe(lane);
    expect(createOneTimesWrite(upstream.client, 'cmp_1', 'cus_2', newCharges()).lane).not.toBe(lane);
  });
});

describe('the survey before one-time charges', () => {
  it('notes the newest ones, from one page', async () => {
    const upstream = await upstreamWith(
      pricedRow('newest', { created_at: '2026-06-15T12:00:00Z' }),
      pricedRow('with it', { created_at: '2026-06-15T12:00:00Z' }),
      pricedRow('older', { created_at: '2026-06-15T11:00:00Z' }),
    );
    expect(await writeTo(upstream).survey(ENDLESS)).toEqual({
      kind: 'ready',
      before: ['2026-06-15T12:00:00Z', 'newest', 'with it'],
    });
    expect(upstream.requests.map(({ body }) => body)).toEqual([
      '{"pagination":{"limit":100},"query":{"customer_id":"cus_1"},"sort_key":"createdAtDesc"}',
    ]);
    expect(upstream.requests[0]?.idempotencyKey).toBeNull();
  });

  it('notes that there is none', async () => {
    expect(await writeTo(await upstreamWith()).survey(ENDLESS)).toEqual({ kind: 'ready', before: [''] });
    const upstream = await startRecordingUpstream('MAPLE', () => ({ pagination: {}, results: null }));
    expect(await writeTo(upstream).survey(ENDLESS)).toEqual({ kind: 'ready', before: [''] });
  });
});

describe('the survey that cannot be read', () => {
  it('ends the write before anything is sent', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => 503);
    await expect(writeTo(upstream).survey(ENDLESS)).rejects.toThrow(UpstreamUnavailableError);
  });
});

describe('the effect of one-time charges', () => {
  async function effect(
    charges: NewMapleCharges,
    rows: readonly MapleOneTimeBillable[],
    before: readonly string[] = [],
    others = otherWrites(),
  ) {
    return writeTo(await upstreamWith(...rows), charges).find(before, others, ENDLESS);
  }

  it('is a row for each item, in the order of the items', async () => {
    const charges = newCharges({ items: [pricedItem(), customItem(), pricedItem()] });
    const rows = [customRow('c'), pricedRow('b'), pricedRow('a')];
    expect(await effect(charges, rows)).toEqual(['b', 'c', 'a']);
  });

  it.each<[string, Partial<MapleOneTimeBillable>]>([
    ['its quantity is in another spelling', { aggregate: number('2.0') }],
    [
      'its pricing is embedded alone',
      {
        product_pricing_id: null,
        product_pricing: { id: 'price_1', product_id: 'p', name: 'n', currency: 'USD' },
      },
    ],
    ['it does not say when it is billed', { type: null }],
  ])('is a row also where %s', async (_, members) => {
    expect(await effect(newCharges(), [pricedRow('a', members)])).toEqual(['a']);
  });

  it.each<[string, Partial<MapleOneTimeBillable>]>([
    ['quantity', { aggregate: number('2.000000000000000000001') }],
    ['pricing', { product_pricing_id: 'price_2' }],
    ['time of billing', { type: 'IMMEDIATE' }],
  ])('is no row of another %s', async (_, members) => {
    expect(await effect(newCharges(), [pricedRow('a', members)])).toBeNull();
  });

  it.each([
    ['product', { amount: money('1250'), product_id: 'prod_2', description: 'Workshop' }],
    ['amount', { amount: money('1251'), product_id: 'prod_1', description: 'Workshop' }],
    ['currency', { amount: money('1250', 'EUR'), product_id: 'prod_1', description: 'Workshop' }],
  ])('is no row of a custom price with another %s', async (_, price) => {
    const charges = newCharges({ items: [customItem()] });
    expect(await effect(charges, [customRow('a', { custom_price: price })])).toBeNull();
    expect(await effect(charges, [customRow('a')])).toEqual(['a']);
  });

  it('compares amounts in the minor units of the currency', async () => {
    const price = { amount: money('1234', 'JPY'), product_id: 'prod_1', description: 'Workshop' };
    const charges = newCharges({ items: [customItem(fiat('1234', 'JPY'))] });
    expect(await effect(charges, [customRow('a', { custom_price: price })])).toEqual(['a']);
  });

  it('is none of what was there before', async () => {
    expect(await effect(newCharges(), [pricedRow('b'), pricedRow('a')], ['', 'a'])).toEqual(['b']);
    expect(await effect(newCharges(), [pricedRow('a')], ['', 'a'])).toBeNull();
  });

  it('is found among those that were made at the very time of the newest of before', async () => {
    const at = { created_at: '2026-06-15T12:00:00Z' };
    const rows = [pricedRow('before', at), pricedRow('new', at)];
    expect(await effect(newCharges(), rows, [at.created_at, 'before'])).toEqual(['new']);
    expect(await effect(newCharges(), rows.slice(0, 1), [at.created_at, 'before'])).toBeNull();
  });

  it('is none of what is older than the newest of before, which may be gone', async () => {
    const rows = [
      pricedRow('new', { created_at: '2026-06-15T12:00:01Z' }),
      pricedRow('old', { created_at: '2026-06-15T11:59:59Z' }),
    ];
    const before = ['2026-06-15T12:00:00Z', 'gone'];
    expect(await effect(newCharges(), rows, before)).toEqual(['new']);
    expect(await effect(newCharges(), rows.slice(1), before)).toBeNull();
  });

  it('is none of what belongs to other writes', async () => {
    expect(await effect(newCharges(), [pricedRow('b'), pricedRow('a')], [], otherWrites(['b']))).toEqual([
      'a',
    ]);
    expect(await effect(newCharges(), [pricedRow('a')], [], otherWrites(['a']))).toBeNull();
  });

  it('is one that was there before another write, which can only have made a later one', async () => {
    const rows = [pricedRow('c'), pricedRow('b'), pricedRow('a')];
    const others = otherWrites(
      [],
      [
        ['', 'b', 'a'],
        ['', 'a'],
      ],
    );
    expect(await effect(newCharges(), rows, [], others)).toEqual(['a']);
    expect(await effect(newCharges(), rows, ['', 'a'], others)).toEqual(['b']);
    const [early, late] = ['2026-06-15T12:00:00Z', '2026-06-15T12:00:01Z'];
    const timed = [pricedRow('late', { created_at: late }), pricedRow('early', { created_at: early })];
    expect(await effect(newCharges(), timed, [], otherWrites([], [[early, 'early']]))).toEqual(['early']);
  });

  it('cannot be told where there are rows for some items only, since Maple makes all or none', async () => {
    const charges = newCharges({ items: [pricedItem(), customItem()] });
    await expect(effect(charges, [pricedRow('a')])).rejects.toThrow(UpstreamInvalidResponseError);
    const two = newCharges({ items: [pricedItem(), pricedItem()] });
    await expect(effect(two, [pricedRow('a')])).rejects.toThrow(UpstreamInvalidResponseError);
  });

  it.each<[string, Partial<MapleOneTimeBillable>]>([
    ['how much', { aggregate: null }],
    ['what', { product_pricing_id: null }],
  ])('cannot be told where a new row does not say %s it bills', async (_, members) => {
    const row = pricedRow('a', members);
    await expect(effect(newCharges(), [row])).rejects.toThrow(UpstreamInvalidResponseError);
    expect(await effect(newCharges(), [row, pricedRow('b')])).toEqual(['b']);
    expect(await effect(newCharges(), [row], [], otherWrites(['a']))).toBeNull();
  });

  it('is looked for on as many pages as hold new rows', async () => {
    const upstream = await startRecordingUpstream('MAPLE', ({ body }) =>
      body.includes('second')
        ? { pagination: { from_key: 'third' }, results: [pricedRow('a'), pricedRow('before')] }
        : { pagination: { from_key: 'second' }, results: [customRow('b')] },
    );
    expect(await writeTo(upstream).find(['', 'before'], otherWrites(), ENDLESS)).toEqual(['a']);
    expect(upstream.requests).toHaveLength(2);
    expect(upstream.requests.flatMap(documented.problems)).toEqual([]);
  });

  it('is not told where the charges cannot be read', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => 503);
    await expect(writeTo(upstream).find([], otherWrites(), ENDLESS)).rejects.toThrow(
      UpstreamUnavailableError,
    );
  });

  it('is compared with what was asked for, however many there are', async () => {
    const items = [1, 2, 3].map((count) => pricedItem({ quantity: decimal(String(count)) }));
    const rows = [3, 1, 2].map((count) => pricedRow(`row-${count}`, { aggregate: number(String(count)) }));
    expect(await effect(newCharges({ items }), rows)).toEqual(['row-1', 'row-2', 'row-3']);
  });
});
