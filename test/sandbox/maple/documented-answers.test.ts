import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { mapleClient, objectOf, textOf, type MapleClient } from './maple-client.ts';

describe('answers of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  beforeAll(async () => {
    server = await startMapleSandbox();
    client = mapleClient(server);
  });
  afterAll(() => server.close());

  // The client holds every answer against the OpenAPI document.
  it('are as documented for every read of a spread of customers', async () => {
    const customers = await client.walk('customers');
    const spread = customers.filter((_, position) => position < 12 || position % 8 === 0);
    let read = 0;
    for (const customer of spread) {
      const id = textOf(customer, 'id');
      expect((await client.get(`/customers/${id}`)).body).toEqual(customer);
      const query = { customer_id: id };
      for (const [resource, key] of [
        ['subscriptions', 'id'],
        ['invoices', 'uuid'],
      ] as const) {
        for (const row of (await client.walk(resource, { query })).slice(0, 3)) {
          expect((await client.get(`/${resource}/${textOf(row, key)}`)).body).toEqual(row);
          read += 1;
        }
      }
      await client.walk('one_times', { query });
    }
    expect(read).toBeGreaterThan(100);
  });

  it('are as documented for the whole catalogue and every bundle that was generated', async () => {
    for (const product of await client.walk('products')) {
      const single = objectOf((await client.get(`/products/${textOf(product, 'id')}`)).body);
      expect(single).toMatchObject(product);
    }
    for (const pricing of await client.walk('pricing')) {
      expect((await client.get(`/pricing/${textOf(pricing, 'id')}`)).body).toEqual(pricing);
    }
    const bundles = await client.walk('bundles');
    expect(new Set(bundles.map((bundle) => bundle['is_auto_generated']))).toEqual(new Set([true, false]));
    for (const bundle of bundles) {
      expect((await client.get(`/bundles/${textOf(bundle, 'id')}`)).body).toEqual(bundle);
    }
  });

  it('name only bundles that can be read', async () => {
    const subscriptions = await client.walk('subscriptions');
    const ids = new Set(subscriptions.map((subscription) => textOf(subscription, 'bundle_pricing_id')));
    for (const id of ids) expect((await client.get(`/bundles/${id}`)).status).toBe(200);
  });

  it('are 404 for ids that nobody has', async () => {
    const paths = [
      '/customers/acct_none',
      '/customers/cus_0000000X0',
      '/products/prod_none',
      '/pricing/price_none',
      '/bundles/bundle_none',
      '/subscriptions/subs_0000000X0',
      '/invoices/00000000-0000-8000-a000-000000000001',
      '/invoices/no-uuid',
    ];
    for (const path of paths) {
      const answer = await client.get(path);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ error_type: 'request_error', error_status: 404 });
    }
  });

  it('are the same bytes from a server started anew', async () => {
    const other = await startMapleSandbox();
    try {
      for (const resource of [
        'customers',
        'products',
        'pricing',
        'bundles',
        'subscriptions',
        'invoices',
        'one_times',
      ]) {
        const first = await client.find(resource, { limit: 50 });
        const second = await mapleClient(other).find(resource, { limit: 50 });
        expect(first.status).toBe(200);
        expect(second.text).toBe(first.text);
      }
    } finally {
      await other.close();
    }
  });

  it('have dates in UTC and dates with an offset and fractional seconds', async () => {
    const dates = (await client.walk('invoices')).map((invoice) => textOf(invoice, 'invoice_date'));
    expect(dates).toContainEqual(expect.stringMatching(/T00:00:00Z$/));
    expect(dates).toContainEqual(expect.stringMatching(/T20:00:00\.000000-04:00$/));
  });
});
