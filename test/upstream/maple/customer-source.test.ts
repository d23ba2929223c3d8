import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import { UpstreamInvalidResponseError, UpstreamNotFoundError } from '../../../src/errors/upstream-error.ts';
import { found, startMapleUpstream, type MapleUpstream } from './maple-upstream.ts';
import { customerRow } from './wire-rows.ts';

let upstream: MapleUpstream;
let showcaseId: string;
beforeAll(async () => {
  upstream = await startMapleUpstream();
  showcaseId = (await upstream.source().customers.customerByIdentifier('acct_1001'))?.providerId ?? '';
});
beforeEach(() => upstream.reset());
afterAll(() => upstream.close());

const ACTIVE = { status: 'ACTIVE', identifier: null, search: null } as const;

describe('customer', () => {
  it('reads a customer by id, once however often it is asked', async () => {
    const { customers } = upstream.source();
    const [one, other] = await Promise.all([customers.customer(showcaseId), customers.customer(showcaseId)]);
    expect(one).toMatchObject({ providerId: showcaseId, name: 'Orchard Labs', identifiers: ['acct_1001'] });
    expect(other).toEqual(one);
    expect(upstream.calls()).toEqual([`GET /customers/${showcaseId}`]);
  });

  it('asks again in another request', async () => {
    await upstream.source().customers.customer(showcaseId);
    await upstream.source().customers.customer(showcaseId);
    expect(upstream.calls()).toHaveLength(2);
  });

  it('is null for an unknown id', async () => {
    expect(await upstream.source().customers.customer('cus_unknown')).toBeNull();
  });

  it('is null for an identifier, which the same path also takes', async () => {
    expect(await upstream.source().customers.customer('acct_1001')).toBeNull();
    expect(upstream.calls()).toEqual(['GET /customers/acct_1001']);
  });

  it('calls nothing for an id that could leave its path segment', async () => {
    const reading = upstream.source().customers.customer('../products');
    await expect(reading).rejects.toThrow(UpstreamInvalidResponseError);
    expect(upstream.calls()).toEqual([]);
  });
});

describe('customerByIdentifier', () => {
  it('finds by the filter, whatever the status, and keeps the row for the read by id', async () => {
    const { customers } = upstream.source();
    const customer = await customers.customerByIdentifier('acct_1001');
    await customers.customer(customer?.providerId ?? '');
    expect(customer?.name).toBe('Orchard Labs');
    expect(upstream.calls()).toEqual(['POST /customers/find']);
    expect(upstream.requests[0]?.body).toEqual({
      pagination: { limit: 100 },
      query: { identifier: 'acct_1001' },
      sort_key: 'createdAtDesc',
    });
  });

  it('finds an archived customer', async () => {
    const archived = await readAll(upstream.source().customers.customers({ ...ACTIVE, status: 'ARCHIVED' }));
    const [identifier = ''] = archived[0]?.identifiers ?? [];
    const customer = await upstream.source().customers.customerByIdentifier(identifier);
    expect(customer).toMatchObject({ providerId: archived[0]?.providerId, status: 'ARCHIVED' });
  });

  it('is null for an unknown identifier', async () => {
    expect(await upstream.source().customers.customerByIdentifier('legacy/none')).toBeNull();
  });

  it('takes only the very identifier and follows pages to it', async () => {
    const pages = [
      { pagination: { from_key: 'k1' }, results: [customerRow({ id: 'cus_10', identifier: 'acct_10' })] },
      { pagination: { from_key: 'k2' }, results: null },
      { pagination: { from_key: '' }, results: [customerRow({ id: 'cus_1', identifier: 'acct_1' })] },
    ];
    upstream.script('POST /customers/find', () => ({ body: pages[upstream.calls().length - 1] }));
    expect(await upstream.source().customers.customerByIdentifier('acct_1')).toMatchObject({
      providerId: 'cus_1',
    });
    const tokens = upstream.requests.map(({ body }) => body);
    expect(tokens).toMatchObject([
      { pagination: { limit: 100 } },
      { pagination: { from_key: 'k1' } },
      { pagination: { from_key: 'k2' } },
    ]);
  });

  it('fails when the upstream repeats a page token instead of asking for ever', async () => {
    upstream.script('POST /customers/find', () => ({ body: { pagination: { from_key: 'k' }, results: [] } }));
    const customer = upstream.source().customers.customerByIdentifier('acct_1');
    await expect(customer).rejects.toThrow(UpstreamInvalidResponseError);
    expect(upstream.calls()).toHaveLength(2);
  });
});

describe('customers', () => {
  it('lists the active ones newest first and keeps them for reads by id', async () => {
    const { customers } = upstream.source();
    const listed = await readAll(customers.customers(ACTIVE));
    const listing = upstream.calls().length;
    await Promise.all(listed.map(({ providerId }) => customers.customer(providerId)));
    expect(listed.length).toBeGreaterThan(100);
    expect(listed.every(({ status }) => status === 'ACTIVE')).toBe(true);
    expect(upstream.calls()).toHaveLength(listing);
  });

  it('sends the filter, and no Idempotency-Key', async () => {
    await upstream
      .source()
      .customers.customers({ status: 'ARCHIVED', identifier: 'a/b', search: 'maps' })
      .readPage(null, 7);
    expect(upstream.requests[0]?.body).toEqual({
      pagination: { limit: 7 },
      query: { status: 'ARCHIVED', identifier: 'a/b', search: 'maps' },
      sort_key: 'createdAtDesc',
    });
    expect(upstream.requests[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('drops rows that contradict the filter, and keeps the place for the next page', async () => {
    const rows = [
      customerRow({ id: 'cus_1', status: 'ARCHIVED' }),
      customerRow({ id: 'cus_2', identifier: 'acct_12', status: 'ACTIVE' }),
      customerRow({ id: 'cus_3', created_at: '2026-01-01T00:00:00Z', status: 'ACTIVE' }),
      customerRow({ id: 'cus_4' }),
    ];
    upstream.script('POST /customers/find', () => ({
      body: { pagination: { from_key: 'k' }, results: rows },
    }));
    const page = await upstream
      .source()
      .customers.customers({ ...ACTIVE, identifier: 'acct_1' })
      .readPage(null, 10);
    expect(page.items.map(({ id, date }) => [id, date])).toEqual([
      ['cus_3', '2026-01-01T00:00:00Z'],
      ['cus_4', null],
    ]);
    expect(page.nextToken).toBe('k');
  });

  it.each([{}, { from_key: null }, { from_key: '' }])(
    'ends at %j, with null results empty',
    async (pagination) => {
      upstream.script('POST /customers/find', () => ({ body: { pagination, results: null } }));
      const page = await upstream.source().customers.customers(ACTIVE).readPage(null, 10);
      expect(page).toEqual({ items: [], nextToken: null });
    },
  );

  it('is an error, not an empty list, when the upstream does not know the company', async () => {
    upstream.script('POST /customers/find', () => ({ kind: 'answer', status: 404, body: '{}' }));
    const page = upstream.source().customers.customers(ACTIVE).readPage(null, 10);
    await expect(page).rejects.toThrow(UpstreamNotFoundError);
  });

  it('names the documented field that a row lacks', async () => {
    upstream.script('POST /customers/find', () => found({ id: 'cus_1' }));
    const page = upstream.source().customers.customers(ACTIVE).readPage(null, 10);
    await expect(page).rejects.toThrow('results[0].identifier');
  });
});
