import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import {
  mapleClient,
  minorOf,
  objectOf,
  textOf,
  timeOf,
  type MapleClient,
  type Row,
} from './maple-client.ts';

describe('filters of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  let showcase: Row;
  beforeAll(async () => {
    server = await startMapleSandbox({ companyCount: 150 });
    client = mapleClient(server);
    showcase = await client.customer('acct_1001');
  });
  afterAll(() => server.close());

  /** Holds a filter against a check of every row: it has to keep some rows, drop some, and be right about each. */
  const expectFilter = async (resource: string, query: Row, check: (row: Row) => boolean): Promise<void> => {
    const all = await client.walk(resource);
    const kept = await client.walk(resource, { query });
    expect(kept).toEqual(all.filter(check));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(all.length);
  };

  it('find customers by exact identifier and email', async () => {
    await expectFilter('customers', { identifier: 'acct_1001' }, (row) => row['identifier'] === 'acct_1001');
    const email = textOf(showcase, 'email');
    await expectFilter('customers', { email }, (row) => row['email'] === email);
    expect(await client.walk('customers', { query: { identifier: 'acct_100' } })).toEqual([]);
  });

  it('find customers by a part of the name, and by search', async () => {
    await expectFilter('customers', { name: 'labs' }, (row) => textOf(row, 'name').includes('Labs'));
    expect(await client.walk('customers', { query: { search: 'ORCHARD-labs.example' } })).toEqual([showcase]);
  });

  it('find customers by status, tags, parent and run rate', async () => {
    await expectFilter('customers', { status: 'ARCHIVED' }, (row) => row['status'] === 'ARCHIVED');
    await expectFilter(
      'customers',
      { statuses: ['ARCHIVED', 'OTHER'] },
      (row) => row['status'] === 'ARCHIVED',
    );
    const tagged = (row: Row, tag: string) => JSON.stringify(row['tags']).includes(tag);
    const values = ['strategic', 'net-30'];
    await expectFilter('customers', { tags: { condition: 'AND', values } }, (row) =>
      values.every((tag) => tagged(row, tag)),
    );
    await expectFilter('customers', { tags: { condition: 'OR', values } }, (row) =>
      values.some((tag) => tagged(row, tag)),
    );
    await expectFilter('customers', { has_parent: true }, (row) => row['parent_customer_id'] !== null);
    await expectFilter(
      'customers',
      { mrr: { gt: 0, lte: 50_000 } },
      (row) => minorOf(row, 'mrr') > 0 && minorOf(row, 'mrr') <= 50_000,
    );
  });

  it('find bundles and pricings', async () => {
    await expectFilter('bundles', { is_auto_generated: false }, (row) => row['is_auto_generated'] === false);
    await expectFilter('bundles', { is_auto_generated: true }, (row) => row['is_auto_generated'] === true);
    await expectFilter('bundles', { state: 'ARCHIVED' }, (row) => row['state'] === 'ARCHIVED');
    await expectFilter('bundles', { search: 'growth' }, (row) => row['name'] === 'Growth');
    await expectFilter('pricing', { currency: 'JPY' }, (row) => row['currency'] === 'JPY');
    await expectFilter('pricing', { product_id: 'prod_api' }, (row) => row['product_id'] === 'prod_api');
    await expectFilter('pricing', { state: 'ARCHIVED' }, (row) => row['state'] === 'ARCHIVED');
    await expectFilter('pricing', { type: 'ONE_TIME' }, (row) => row['type'] === 'ONE_TIME');
    await expectFilter('pricing', { search: 'starter' }, (row) => row['name'] === 'Platform Starter');
    await expectFilter('products', { search: 'BACKUPS' }, (row) => row['name'] === 'Storage');
  });

  it('find subscriptions by customer, status, trial, bundle and dates', async () => {
    const id = showcase['id'];
    await expectFilter('subscriptions', { customer_id: id }, (row) => row['customer_id'] === id);
    await expectFilter('subscriptions', { status: 'PAUSED' }, (row) => row['status'] === 'PAUSED');
    const statuses = ['ACTIVE', 'TRIALING'];
    await expectFilter('subscriptions', { statuses }, (row) => statuses.includes(textOf(row, 'status')));
    await expectFilter('subscriptions', { trial: true }, (row) => row['trial'] === true);
    await expectFilter(
      'subscriptions',
      { bundle_pricing_id: 'bundle_growth_usd' },
      (row) => row['bundle_pricing_id'] === 'bundle_growth_usd',
    );
    const [from, to] = ['2026-06-20T00:00:00Z', '2026-06-30T20:00:00-04:00'];
    const inWindow = (row: Row, member: string) =>
      row[member] !== null && timeOf(row, member) >= Date.parse(from) && timeOf(row, member) < Date.parse(to);
    await expectFilter('subscriptions', { next_invoice_date: { gte: from, lt: to } }, (row) =>
      inWindow(row, 'next_invoice_date'),
    );
    await expectFilter(
      'subscriptions',
      { start_date: { lte: '2025-12-31T00:00:00Z' } },
      (row) => timeOf(row, 'start_date') <= Date.parse('2025-12-31'),
    );
  });

  it('find invoices by customer, subscription, status, currency and number', async () => {
    const id = showcase['id'];
    await expectFilter('invoices', { customer_id: id }, (row) => row['customer_id'] === id);
    const [invoice] = await client.walk('invoices', { query: { customer_id: id, status: 'DRAFT' } });
    const { uuid, subscription_id, number } = objectOf(invoice);
    await expectFilter('invoices', { uuid }, (row) => row['uuid'] === uuid);
    await expectFilter('invoices', { invoice_number: number }, (row) => row['uuid'] === uuid);
    await expectFilter('invoices', { subscription_id }, (row) => row['subscription_id'] === subscription_id);
    await expectFilter('invoices', { status: 'OVERDUE' }, (row) => row['status'] === 'OVERDUE');
    const statuses = ['DRAFT', 'VOID'];
    await expectFilter('invoices', { statuses }, (row) => statuses.includes(textOf(row, 'status')));
    await expectFilter('invoices', { currency: 'KWD' }, (row) => row['currency'] === 'KWD');
    await expectFilter('invoices', { billed_customer_id: id }, (row) => row['billed_customer_id'] === id);
  });

  it('find invoices of one customer together with other filters', async () => {
    const other = await client.customer('acct_1002');
    const [invoice] = await client.walk('invoices', { query: { customer_id: showcase['id'] } });
    const query = { customer_id: other['id'], uuid: objectOf(invoice)['uuid'] };
    expect(await client.walk('invoices', { query })).toEqual([]);
  });

  it('find invoices by date, with each bound as documented', async () => {
    const [invoice] = await client.walk('invoices', {
      query: { customer_id: showcase['id'], status: 'VOID' },
    });
    const date = textOf(objectOf(invoice), 'invoice_date');
    const at = Date.parse(date);
    const time = (row: Row) => timeOf(row, 'invoice_date');
    await expectFilter('invoices', { invoice_date: { gte: date } }, (row) => time(row) >= at);
    await expectFilter('invoices', { invoice_date: { lt: date } }, (row) => time(row) < at);
    await expectFilter('invoices', { invoice_date: { lte: date } }, (row) => time(row) <= at);
    await expectFilter('invoices', { invoice_date: { eq: date, gte: null } }, (row) => time(row) === at);
    await expectFilter(
      'invoices',
      { paid_date: { gte: date } },
      (row) => row['paid_date'] !== null && timeOf(row, 'paid_date') >= at,
    );
  });

  it('leave out invoices over nothing when asked to hide zero', async () => {
    await expectFilter('invoices', { hide_zero: true }, (row) => minorOf(row, 'total') !== 0);
    await expectFilter('invoices', { total: { eq: 0 } }, (row) => minorOf(row, 'total') === 0);
  });

  it('find one-time charges by customer, state and type', async () => {
    await expectFilter(
      'one_times',
      { customer_id: showcase['id'] },
      (row) => row['customer_id'] === showcase['id'],
    );
    await expectFilter('one_times', { state: 'PENDING' }, (row) => row['state'] === 'PENDING');
    await expectFilter('one_times', { type: 'IMMEDIATE' }, (row) => row['type'] === 'IMMEDIATE');
  });

  it('pass everything when they are null or an empty list', async () => {
    const all = await client.walk('customers');
    expect(await client.walk('customers', { query: { email: null, statuses: [] } })).toEqual(all);
  });

  it.each([
    ['customers', { indentifier: 'acct_1001' }],
    ['customers', { toString: 'x' }],
    ['products', { currency: 'USD' }],
    ['pricing', { productId: 'x' }],
    ['bundles', { auto: true }],
    ['subscriptions', { customer: 'x' }],
    ['invoices', { invoice_dates: {} }],
    ['one_times', { status: 'PENDING' }],
  ])('of %s refuse an unknown one: %j', async (resource, query) => {
    const answer = await client.find(resource, { query });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error_type: 'validation_error',
      validation_errors: [{ field: `query.${Object.keys(query)[0]}` }],
    });
  });

  it.each([
    ['customers', { email: 5 }],
    ['customers', { statuses: 'ACTIVE' }],
    ['customers', { tags: ['net-30'] }],
    ['customers', { mrr: { lt: 5 } }],
    ['customers', { mrr: { eq: '5' } }],
    ['bundles', { is_auto_generated: 'false' }],
    ['invoices', { invoice_date: { gt: '2026-01-01T00:00:00Z' } }],
    ['invoices', { invoice_date: { gte: '2026-01-01' } }],
    ['invoices', { hide_zero: 1 }],
  ])('of %s refuse a value of another kind: %j', async (resource, query) => {
    const answer = await client.find(resource, { query });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error_type: 'validation_error' });
  });

  it('sit in a body whose other members have to be known too', async () => {
    const answer = await client.post('/customers/find', { pagination: {}, querry: {} });
    expect(answer.body).toMatchObject({ validation_errors: [{ field: 'querry' }] });
  });
});
