import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import {
  listOf,
  mapleClient,
  minorOf,
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

  /** sub_total and total of the invoice over one immediate charge of 10.01 in a currency of two digits. */
  const invoicedWith = async (discounts: readonly Row[]) => {
    const known = new Set((await invoicesOfShowcase()).map((row) => row['uuid']));
    const answer = await client.post(
      '/one_times',
      request({ type: 'IMMEDIATE', onetime_items: [custom('USD', 1001)], discounts }),
    );
    expect(answer.status).toBe(201);
    const added = (await invoicesOfShowcase()).filter((row) => !known.has(row['uuid']));
    expect(added).toHaveLength(1);
    return ['sub_total', 'total', 'due'].map((member) => minorOf(objectOf(added[0]), member));
  };
  const usd = (value_in_cents: number): Row => ({ currency: 'USD', value_in_cents });
  const off = (value_in_cents: number, more: Row = {}): Row => ({
    name: 'Goodwill',
    type: 'DISCOUNT_AMOUNT',
    amount: usd(value_in_cents),
    ...more,
  });
  const share = (percent: number, more: Row = {}): Row => ({
    name: 'Partner',
    type: 'DISCOUNT_PERCENT',
    percent,
    ...more,
  });

  it.each([
    ['no discount', [], 1001],
    ['an amount', [off(300)], 701],
    ['an amount over its cap', [off(300, { cap: usd(200) })], 801],
    ['an amount under its cap', [off(300, { cap: usd(301) })], 701],
    ['an amount of zero', [off(0)], 1001],
    ['a share, rounded half up', [share(0.5)], 500],
    ['a share over its cap', [share(0.5, { cap: usd(100) })], 901],
    ['the whole', [share(1)], 0],
    ['more than there is', [off(1002)], 0],
    ['several', [off(300), share(0.1), off(1)], 600],
    ['an amount beside a percent that its type has no use for', [off(300, { percent: 0.5 })], 701],
    ['null in place of what is left out', [off(300, { coupon_id: null, expiration_date: null })], 701],
  ])('are invoiced with %s taken off the total', async (_, discounts, total) => {
    expect(await invoicedWith(discounts)).toEqual([1001, total, total]);
  });

  it('take a discount with every member that is documented', async () => {
    const every = off(300, {
      cap: usd(400),
      percent: 0.5,
      state: 'ACTIVE',
      coupon_id: 'coup_1',
      customer_id: showcase['id'],
      expiration_date: '2027-01-01T00:00:00Z',
      item_pricing_id: 'itp_1',
      onetime_billable_id: 'otb_1',
      product_id: 'prod_services',
      product_pricing_id: 'price_onboarding_usd',
      proposal_id: 'prop_1',
      subscription_id: 'subs_1',
      import_ref: 'legacy-7',
      imported_from: 'legacy',
      import_created_at_ref: '2020-01-01T00:00:00Z',
    });
    expect(await invoicedWith([every])).toEqual([1001, 701, 701]);
  });

  it('take a discount for the next invoice', async () => {
    const before = await invoicesOfShowcase();
    expect((await client.post('/one_times', request({ discounts: [off(300)] }))).status).toBe(201);
    expect(await invoicesOfShowcase()).toEqual(before);
  });

  it.each([
    ['no name', off(1, { name: undefined }), 'name'],
    ['no type', off(1, { type: undefined, percent: 1 }), 'type'],
    ['no amount', off(1, { amount: undefined }), 'amount'],
    ['null for an amount', off(1, { amount: null }), 'amount'],
    ['no percent', share(1, { percent: undefined }), 'percent'],
    ['a percentage', share(50), 'percent'],
    ['a negative percent', share(-0.1), 'percent'],
    ['a negative amount', off(-1), 'amount'],
    ['a negative cap', off(1, { cap: usd(-1) }), 'cap'],
    ['another currency', off(1, { amount: { currency: 'EUR', value_in_cents: 1 } }), 'amount.currency'],
    ['a cap of another currency', off(1, { cap: { currency: 'EUR', value_in_cents: 1 } }), 'cap.currency'],
    ['a fraction of a cent', off(1.5), 'amount.value_in_cents'],
    ['a state that is no word', off(1, { state: 1 }), 'state'],
    ['a date that is none', off(1, { expiration_date: 'tomorrow' }), 'expiration_date'],
    ['a misspelt member', off(1, { coupon: 'x' }), 'coupon'],
  ])('are not created with a discount that has %s', async (_, discount, field) => {
    const answer = await client.post('/one_times', request({ discounts: [discount] }));
    expect(answer.status).toBe(400);
    const fields = listOf(objectOf(answer.body)['validation_errors']).map((problem) => problem['field']);
    expect(new Set(fields)).toEqual(new Set([`discounts[0].${field}`]));
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
    [
      'a custom price without an amount',
      { onetime_items: [{ custom_price: { product_id: 'prod_services', amount: null } }] },
      'onetime_items[0].custom_price.amount',
    ],
    [
      'a misspelt bound of the quantity',
      { onetime_items: [{ ...custom('USD', 1), quantity_config: { min: 1 } }] },
      'onetime_items[0].quantity_config.min',
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
