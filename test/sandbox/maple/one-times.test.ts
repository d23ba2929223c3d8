import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import {
  listOf,
  mapleClient,
  objectOf,
  resultsOf,
  textOf,
  type MapleClient,
  type Row,
} from './maple-client.ts';

describe('one-time charges of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  let showcase: Row;
  beforeAll(async () => {
    server = await startMapleSandbox();
    client = mapleClient(server);
    showcase = await client.customer('acct_1001');
  });
  afterAll(() => server.close());

  const custom = (currency: string, value_in_cents: number): Row => ({
    custom_price: {
      amount: { currency, value_in_cents },
      product_id: 'prod_services',
      description: 'Training',
    },
  });
  const request = (changes: Row = {}): Row => ({
    customer_id: showcase['id'],
    type: 'NEXT',
    onetime_items: [custom('USD', 500)],
    ...changes,
  });
  const invoicesOfShowcase = () => client.walk('invoices', { query: { customer_id: showcase['id'] } });

  it('number up to eight for a customer, by pricing and by custom price, in every currency', async () => {
    const charges = await client.walk('one_times');
    const counts = [...Map.groupBy(charges, (charge) => charge['customer_id']).values()].map(
      (rows) => rows.length,
    );
    expect(Math.max(...counts)).toBe(8);
    const [byCustomPrice, byPricing] = [true, false].map((isCustom) =>
      charges.filter((charge) => (charge['product_pricing_id'] === null) === isCustom),
    );
    const currencies = (byCustomPrice ?? []).map(
      (charge) => objectOf(objectOf(charge['custom_price'])['amount'])['currency'],
    );
    expect(new Set(currencies)).toEqual(new Set(['USD', 'EUR', 'JPY', 'KWD']));
    for (const charge of byCustomPrice ?? []) expect(charge).not.toHaveProperty('product_pricing');
    expect(byPricing?.length).toBeGreaterThan(0);
    for (const charge of byPricing ?? []) {
      const pricing = objectOf(charge['product_pricing']);
      expect(pricing['id']).toBe(charge['product_pricing_id']);
      expect(objectOf(pricing['product'])['id']).toBe(pricing['product_id']);
      expect(charge).not.toHaveProperty('custom_price');
    }
  });

  it('wait as PENDING when they are for the next invoice', async () => {
    const before = await invoicesOfShowcase();
    const answer = await client.post('/one_times', request({ notes: 'Thanks', metadata: { order: '7' } }));
    expect(answer.status).toBe(201);
    const [charge] = listOf(answer.body);
    expect(charge).toMatchObject({ type: 'NEXT', state: 'PENDING', aggregate: 1, name: 'Training' });
    expect(charge).not.toHaveProperty('metadata');
    expect(await invoicesOfShowcase()).toEqual(before);
    const [newest] = resultsOf(
      await client.find('one_times', { query: { customer_id: showcase['id'] }, limit: 1 }),
    );
    expect(newest).toEqual(charge);
  });

  it('make one pending invoice over all items when they are immediate', async () => {
    const before = await invoicesOfShowcase();
    const answer = await client.post(
      '/one_times',
      request({
        type: 'IMMEDIATE',
        onetime_items: [
          { ...custom('USD', 125), aggregate: 2.5 },
          { product_pricing_id: 'price_onboarding_usd', aggregate: 2 },
        ],
        invoice_date: '2026-06-20T08:00:00-04:00',
        invoice_due_date_from_creation: 10,
        auto_charges: true,
      }),
    );
    expect(listOf(answer.body).map((charge) => charge['state'])).toEqual(['INVOICED', 'INVOICED']);
    const known = new Set(before.map((row) => row['uuid']));
    const added = (await invoicesOfShowcase()).filter((row) => !known.has(row['uuid']));
    expect(added).toHaveLength(1);
    const invoice = objectOf(added[0]);
    // 2.5 times 125 is 312.5, rounded half up to 313; 2 times 150 000.
    expect(invoice).toMatchObject({
      status: 'PENDING',
      subscription_id: null,
      total: { currency: 'USD', value_in_cents: 300_313 },
      due: { currency: 'USD', value_in_cents: 300_313 },
      auto_charges: true,
    });
    expect(new Date(textOf(invoice, 'invoice_date'))).toEqual(new Date('2026-06-20T12:00:00Z'));
    expect(new Date(textOf(invoice, 'due_date'))).toEqual(new Date('2026-06-30T12:00:00Z'));
    expect((await client.get(`/invoices/${textOf(invoice, 'uuid')}`)).body).toEqual(invoice);
  });

  it('keep amounts and quantities that a double cannot hold', async () => {
    const rawBody = `{"customer_id":"${textOf(showcase, 'id')}","type":"NEXT","onetime_items":[{"aggregate":0.12345678901234567891,
      "custom_price":{"amount":{"currency":"JPY","value_in_cents":9007199254740993},"product_id":"prod_services"}}]}`;
    const answer = await client.call('POST', '/one_times', { rawBody });
    expect(answer.status).toBe(201);
    expect(answer.text).toContain('"aggregate":0.12345678901234567891,');
    expect(answer.text).toContain('"value_in_cents":9007199254740993}');
  });

  it.each([
    ['no customer', { customer_id: undefined }, 'customer_id'],
    ['no type', { type: undefined }, 'type'],
    ['another type', { type: 'LATER' }, 'type'],
    ['no items', { onetime_items: [] }, 'onetime_items'],
    ['an item without a price', { onetime_items: [{ aggregate: 1 }] }, 'onetime_items[0].product_pricing_id'],
    [
      'an item with two prices',
      { onetime_items: [{ ...custom('USD', 1), product_pricing_id: 'price_onboarding_usd' }] },
      'onetime_items[0].product_pricing_id',
    ],
    [
      'an unknown pricing',
      { onetime_items: [{ product_pricing_id: 'price_none' }] },
      'onetime_items[0].product_pricing_id',
    ],
    [
      'a recurring pricing',
      { onetime_items: [{ product_pricing_id: 'price_storage_usd' }] },
      'onetime_items[0].product_pricing_id',
    ],
    [
      'a quantity of zero',
      { onetime_items: [{ ...custom('USD', 1), aggregate: 0 }] },
      'onetime_items[0].aggregate',
    ],
    [
      'a fraction of a cent',
      { onetime_items: [custom('USD', 1.5)] },
      'onetime_items[0].custom_price.amount.value_in_cents',
    ],
    [
      'an unknown currency',
      { onetime_items: [custom('XQQ', 1)] },
      'onetime_items[0].custom_price.amount.currency',
    ],
    ['two currencies', { onetime_items: [custom('USD', 1), custom('JPY', 1)] }, 'onetime_items'],
    ['a misspelt member', { note: 'x' }, 'note'],
    ['negative days', { invoice_due_date_from_creation: -1 }, 'invoice_due_date_from_creation'],
  ])('are not created with %s', async (_, changes, field) => {
    const query = { customer_id: showcase['id'] };
    const before = (await client.walk('one_times', { query })).length;
    const answer = await client.post('/one_times', request(changes));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error_type: 'validation_error' });
    expect(listOf(objectOf(answer.body)['validation_errors']).map((problem) => problem['field'])).toContain(
      field,
    );
    expect((await client.walk('one_times', { query })).length).toBe(before);
  });

  it('are 404 for an unknown customer', async () => {
    const body = request({ customer_id: 'cus_none' });
    const answer = await client.call('POST', '/one_times', { body, isDocumented: false });
    expect(answer.status).toBe(404);
  });
});
