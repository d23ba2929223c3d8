import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companies, DEFAULT_COMPANY_COUNT } from '../../../src/sandbox/dataset/companies.ts';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { DEFAULT_SANDBOX_NOW } from '../../../src/sandbox/sandbox-clock.ts';
import {
  mapleClient,
  minorOf,
  objectOf,
  resultsOf,
  textOf,
  timeOf,
  type MapleClient,
  type Row,
} from './maple-client.ts';

describe('customers of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  beforeAll(async () => {
    server = await startMapleSandbox();
    client = mapleClient(server);
  });
  afterAll(() => server.close());

  /** Whether the sandbox fixes a customer's subscriptions, whatever its state. */
  const isFixed = (row: Row): boolean => Number(textOf(row, 'identifier').slice('acct_'.length)) <= 1010;

  it('are the companies that exist in Maple, under their identifiers', async () => {
    const expected = companies({ count: DEFAULT_COMPANY_COUNT, now: DEFAULT_SANDBOX_NOW })
      .filter((company) => company.maple !== 'absent')
      .map(({ identifier, name, maple, createdAt }) => ({
        identifier,
        name,
        status: maple.toUpperCase(),
        createdAt: createdAt.getTime(),
      }));
    const actual = (await client.walk('customers')).map((row) => ({
      identifier: row['identifier'],
      name: row['name'],
      status: row['status'],
      createdAt: timeOf(row, 'created_at'),
    }));
    expect(actual).toEqual(expected);
  });

  it('are read by id and by identifier alike', async () => {
    const byIdentifier = await client.customer('acct_1003');
    expect(await client.customer(textOf(byIdentifier, 'id'))).toEqual(byIdentifier);
  });

  it('have the run rate of their subscriptions', async () => {
    const subscriptions = await client.walk('subscriptions');
    for (const customer of (await client.walk('customers')).slice(0, 60)) {
      const rates = subscriptions
        .filter((subscription) => subscription['customer_id'] === customer['id'])
        .map((subscription) => minorOf(subscription, 'mrr'));
      const mrr = rates.reduce((sum, rate) => sum + rate, 0);
      expect(minorOf(customer, 'mrr')).toBe(mrr);
      expect(minorOf(customer, 'arr')).toBe(mrr * 12);
    }
  });

  it('are created with the given members as the newest of all', async () => {
    const input = {
      identifier: 'tenant/7 Süd',
      name: 'Tenant Seven',
      email: 'seven@example.com',
      metadata: { plan: 'x' },
      tags: ['new'],
    };
    const created = await client.post('/customers', input);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...input, status: 'ACTIVE', mrr: { value_in_cents: 0 } });
    expect(await client.customer('tenant/7 Süd')).toEqual(created.body);
    const [newest] = resultsOf(await client.find('customers', { limit: 1 }));
    expect(newest).toEqual(created.body);
    const query = { customer_id: objectOf(created.body)['id'] };
    expect(await client.walk('subscriptions', { query })).toEqual([]);
  });

  it.each([
    [{}, 'identifier'],
    [{ identifier: '' }, 'identifier'],
    [{ identifier: 'acct_1001' }, 'identifier'],
    [{ identifier: 'acct_a', email: 5 }, 'email'],
    [{ identifier: 'acct_b', parent_customer_id: 'cus_none' }, 'parent_customer_id'],
    [{ identifier: 'acct_c', colour: 'red' }, 'colour'],
    [{ identifier: 'acct_d', status: 'ARCHIVED' }, 'status'],
  ])('are not created from %j', async (input, field) => {
    const answer = await client.post('/customers', input);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error_type: 'validation_error', validation_errors: [{ field }] });
  });

  it('leave lists of active ones when they are archived, and keep everything else', async () => {
    // Another server, so that the customer's data is made only after it was archived.
    const untouched = await startMapleSandbox();
    const subscriptions = await mapleClient(untouched).walk('subscriptions', { query: { status: 'ACTIVE' } });
    await untouched.close();
    const before = subscriptions.map((row) => objectOf(row['customer'])).find((row) => !isFixed(row)) ?? {};
    const path = `/customers/${textOf(before, 'id')}`;
    const answer = await client.call('PATCH', path, { body: { status: 'ARCHIVED' } });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...before,
      status: 'ARCHIVED',
      updated_at: objectOf(answer.body)['updated_at'],
    });
    expect(timeOf(objectOf(answer.body), 'updated_at')).toBeGreaterThan(timeOf(before, 'updated_at'));
    const active = await client.walk('customers', { query: { status: 'ACTIVE' } });
    expect(active.map((row) => row['id'])).not.toContain(before['id']);
    const kept = await client.walk('subscriptions', {
      query: { customer_id: before['id'], status: 'ACTIVE' },
    });
    expect(kept.map((row) => row['id'])).toEqual(
      subscriptions.filter((row) => row['customer_id'] === before['id']).map((row) => row['id']),
    );
  });

  it('change their identifier to a free one only', async () => {
    await client.post('/customers', { identifier: 'acct_before' });
    const taken = await client.call('PATCH', '/customers/acct_before', { body: { identifier: 'acct_1001' } });
    expect(taken.status).toBe(400);
    const free = await client.call('PATCH', '/customers/acct_before', {
      body: { identifier: 'acct_after', name: null },
    });
    expect(free.status).toBe(200);
    expect((await client.get('/customers/acct_before')).status).toBe(404);
    expect(await client.customer('acct_after')).toEqual(free.body);
  });

  it('can have a parent set and taken away', async () => {
    const parent = await client.customer('acct_1001');
    await client.post('/customers', { identifier: 'acct_child', parent_customer_id: parent['id'] });
    expect(await client.customer('acct_child')).toMatchObject({ parent_customer_id: parent['id'] });
    await client.call('PATCH', '/customers/acct_child', { body: { parent_customer_id: null } });
    expect(await client.customer('acct_child')).toMatchObject({ parent_customer_id: null });
  });
});
