import { afterEach, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import type { SandboxServerOptions } from '../../../src/sandbox/http/sandbox-server.ts';
import {
  fromKeyOf,
  mapleClient,
  objectOf,
  resultsOf,
  textOf,
  timeOf,
  type MapleClient,
  type Row,
} from './maple-client.ts';

const COMMON_SORT_KEYS = ['createdAtDesc', 'createdAtAsc', 'updatedAtDesc', 'updatedAtAsc'] as const;

describe('find pages of the Maple sandbox', () => {
  let server: MapleSandbox | undefined;
  const start = async (options?: SandboxServerOptions): Promise<MapleClient> => {
    server = await startMapleSandbox(options);
    return mapleClient(server);
  };
  afterEach(() => server?.close());
  const keyOf = (row: Row): string => textOf(row, 'uuid' in row ? 'uuid' : 'id');

  it.each([
    ['customers', []],
    ['products', []],
    ['pricing', []],
    ['bundles', []],
    ['subscriptions', ['mrrDesc']],
    ['invoices', ['dueDateAsc']],
    ['one_times', []],
  ] as const)(
    'give every row of %s exactly once, in one order, whatever the page size',
    async (resource, moreKeys) => {
      const client = await start({ companyCount: 24 });
      for (const sortKey of [...COMMON_SORT_KEYS, ...moreKeys]) {
        const whole = (await client.walk(resource, { sortKey })).map(keyOf);
        expect(whole.length).toBeGreaterThan(5);
        expect(new Set(whole).size).toBe(whole.length);
        for (const limit of [2, 7]) {
          expect((await client.walk(resource, { sortKey, limit })).map(keyOf)).toEqual(whole);
        }
      }
    },
  );

  it.each([
    ['createdAtDesc', 'created_at', -1],
    ['createdAtAsc', 'created_at', 1],
    ['updatedAtDesc', 'updated_at', -1],
    ['updatedAtAsc', 'updated_at', 1],
    ['dueDateAsc', 'due_date', 1],
  ] as const)('stand in the order %s', async (sortKey, member, sign) => {
    const client = await start({ companyCount: 40 });
    const times = (await client.walk('invoices', { sortKey })).map((row) => timeOf(row, member));
    expect(times).toEqual(times.toSorted((a, b) => sign * (a - b)));
    expect(new Set(times).size).toBeGreaterThan(10);
    expect(new Set(times).size).toBeLessThan(times.length);
  });

  it('put the highest run rate first for mrrDesc', async () => {
    const client = await start();
    const rates = (await client.walk('subscriptions', { sortKey: 'mrrDesc' })).map((row) =>
      Number(objectOf(row['mrr'])['value_in_cents']),
    );
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(new Set(rates).size).toBeGreaterThan(20);
  });

  it('list customers newest first when no order is asked for', async () => {
    const client = await start();
    const answer = await client.post('/customers/find', { pagination: { limit: 200 } });
    const times = resultsOf(answer).map((row) => timeOf(row, 'created_at'));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(new Set(times).size).toBeLessThan(times.length);
  });

  it('hold 20 rows when no limit is given', async () => {
    const client = await start();
    const answer = await client.post('/customers/find', { pagination: {} });
    expect(resultsOf(answer)).toHaveLength(20);
    expect(answer.body).toMatchObject({ pagination: { limit: 20 } });
  });

  it('hold at most 200 rows, and fewer where the server caps them', async () => {
    const client = await start({ maxPageSize: 3 });
    expect((await client.find('customers', { limit: 201 })).status).toBe(400);
    const capped = await client.find('customers', { limit: 200 });
    expect(resultsOf(capped)).toHaveLength(3);
    expect(capped.body).toMatchObject({ pagination: { limit: 3 } });
    expect((await client.walk('customers')).length).toBeGreaterThan(200);
  });

  it.each([-1, 1.5, '5'])('refuse the limit %j', async (limit) => {
    const client = await start();
    const answer = await client.post('/customers/find', { pagination: { limit } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error_type: 'validation_error',
      validation_errors: [{ field: 'pagination.limit' }],
    });
  });

  it('keep the place of the caller when the limit is 0', async () => {
    const client = await start();
    const first = await client.find('customers', { limit: 5 });
    const none = await client.find('customers', { limit: 0, fromKey: fromKeyOf(first) });
    expect(none.body).toMatchObject({ results: null, pagination: { from_key: fromKeyOf(first), limit: 0 } });
  });

  it('have null results and a null cursor when nothing matches', async () => {
    const client = await start();
    const answer = await client.find('customers', { query: { identifier: 'nobody' } });
    expect(answer.body).toEqual({ pagination: { from_key: null, limit: 200 }, results: null });
  });

  it('end with a null cursor when the last page is full', async () => {
    const client = await start();
    const count = (await client.walk('pricing')).length;
    expect(fromKeyOf(await client.find('pricing', { limit: count }))).toBeNull();
    expect(fromKeyOf(await client.find('pricing', { limit: count - 1 }))).not.toBeNull();
  });

  it('tell the total only when asked for metadata', async () => {
    const client = await start();
    const count = (await client.walk('customers', { query: { status: 'ARCHIVED' } })).length;
    const query = { status: 'ARCHIVED' };
    const withMeta = await client.find('customers', { query, limit: 2, includeMeta: true });
    expect(withMeta.body).toMatchObject({ pagination: { total_results: count } });
    const without = await client.find('customers', { query, limit: 2 });
    expect(objectOf(objectOf(without.body)['pagination'])).not.toHaveProperty('total_results');
  });

  it('do not shift when customers are added and removed between two of them', async () => {
    const client = await start();
    const query = { status: 'ACTIVE' };
    const before = (await client.walk('customers', { query })).map(keyOf);
    const first = await client.find('customers', { query, limit: 4 });
    await client.post('/customers', { identifier: 'acct_new' });
    for (const removed of [before[0], before[3], before[4]]) {
      await client.call('PATCH', `/customers/${removed}`, { body: { status: 'ARCHIVED' } });
    }
    const second = await client.find('customers', { query, limit: 4, fromKey: fromKeyOf(first) });
    expect(resultsOf(second).map(keyOf)).toEqual(before.slice(5, 9));
  });

  it.each([
    ['other filters', 'customers', { query: { status: 'ARCHIVED' } }],
    ['another order', 'customers', { sortKey: 'createdAtAsc' }],
    ['another list', 'invoices', {}],
  ] as const)('refuse a cursor that was made for %s', async (_, resource, options) => {
    const client = await start();
    const fromKey = fromKeyOf(await client.find('customers', { limit: 1 }));
    expect(fromKey).not.toBeNull();
    const answer = await client.find(resource, { ...options, fromKey });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error_type: 'request_error' });
  });

  it.each(['', 'garbage', 'e30'])('refuse the cursor %j', async (fromKey) => {
    const client = await start();
    expect((await client.find('customers', { fromKey })).status).toBe(400);
  });

  it('need pagination, a known sort key, and a sort key at all for subscriptions', async () => {
    const client = await start();
    const refusal = (field: string) => ({ error_type: 'validation_error', validation_errors: [{ field }] });
    expect((await client.post('/customers/find', {})).body).toMatchObject(refusal('pagination'));
    expect((await client.find('customers', { sortKey: 'aToZ' })).body).toMatchObject(refusal('sort_key'));
    expect((await client.find('one_times', { sortKey: 'mrrDesc' })).body).toMatchObject(refusal('sort_key'));
    expect((await client.find('customers', { sortKey: 'toString' })).body).toMatchObject(refusal('sort_key'));
    const unsorted = await client.post('/subscriptions/find', { pagination: { limit: 1 } });
    expect(unsorted.body).toMatchObject(refusal('sort_key'));
  });
});
