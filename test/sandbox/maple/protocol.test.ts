import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { listOf, mapleClient, textOf, type MapleClient, type Row } from './maple-client.ts';

describe('protocol of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  let showcase: Row;
  beforeAll(async () => {
    server = await startMapleSandbox();
    client = mapleClient(server);
    showcase = await client.customer('acct_1001');
  });
  afterAll(() => server.close());

  const charge = (aggregate: number) => ({
    customer_id: showcase['id'],
    type: 'NEXT',
    onetime_items: [{ aggregate, product_pricing_id: 'price_onboarding_usd' }],
  });
  const chargeCount = async () =>
    (await client.walk('one_times', { query: { customer_id: showcase['id'] } })).length;

  it.each(['Bearer wrong', 'Bearer ', 'sandbox-maple-token'])(
    'answers 401 to the authorization %j',
    async (authorization) => {
      const answer = await client.call('GET', '/customers/acct_1001', { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({
        error_message: 'Bad token',
        error_type: 'auth_error',
        error_code: 'AUTH_ERROR',
        error_status: 401,
      });
    },
  );

  it('answers 401 without authorization', async () => {
    const response = await fetch(`${server.url}/api/v1/companies/cmp_sandbox/customers/acct_1001`);
    expect(response.status).toBe(401);
  });

  it('answers 401 for another company', async () => {
    const answer = await client.call('GET', '/customers/acct_1001', { companyId: 'cmp_other' });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error_type: 'auth_error' });
  });

  it('answers 404 to an unknown path and 405 to a wrong method', async () => {
    const unknown = await client.call('GET', '/plans', { isDocumented: false });
    expect(unknown).toMatchObject({ status: 404, body: { error_type: 'request_error' } });
    const wrong = await client.call('DELETE', '/customers/acct_1001', { isDocumented: false });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, PATCH');
  });

  it.each(['{', '', '[]', '"x"'])('answers 400 to the body %j', async (rawBody) => {
    const answer = await client.call('POST', '/customers/find', { rawBody });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error_status: 400 });
  });

  it('records what it was asked', async () => {
    server.requests.length = 0;
    await client.find('customers', { limit: 1 });
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/companies/cmp_sandbox/customers/find',
        body: { pagination: { limit: 1 } },
      },
    ]);
  });

  it('carries out a request once for one idempotency key and says that it replays', async () => {
    const before = await chargeCount();
    const key = { 'idempotency-key': 'once' };
    const first = await client.post('/one_times', charge(1), key);
    const second = await client.post('/one_times', charge(1), key);
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-key')).toBe('once');
    expect(first.headers.get('idempotency-used')).toBeNull();
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotency-key')).toBe('once');
    expect(second.headers.get('idempotency-used')).toBe('true');
    expect(await chargeCount()).toBe(before + 1);
  });

  it('refuses one idempotency key for two requests', async () => {
    const key = { 'idempotency-key': 'twice' };
    await client.post('/one_times', charge(1), key);
    const before = await chargeCount();
    const other = await client.post('/one_times', charge(2), key);
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ error_type: 'idempotency_error', error_status: 409 });
    expect(await chargeCount()).toBe(before);
  });

  it('replays errors too', async () => {
    const headers = { 'idempotency-key': 'late-customer' };
    const patch = () => client.call('PATCH', '/customers/acct_late', { body: { name: 'Late' }, headers });
    expect((await patch()).status).toBe(404);
    await client.post('/customers', { identifier: 'acct_late' });
    const replay = await patch();
    expect(replay.status).toBe(404);
    expect(replay.headers.get('idempotency-used')).toBe('true');
  });

  it('replays a stale page to a find request with a key', async () => {
    const body = { pagination: { limit: 5 }, query: { identifier: 'acct_stale' } };
    const headers = { 'idempotency-key': 'find' };
    expect((await client.post('/customers/find', body, headers)).body).toMatchObject({ results: null });
    await client.post('/customers', { identifier: 'acct_stale' });
    expect((await client.post('/customers/find', body, headers)).body).toMatchObject({ results: null });
    expect((await client.post('/customers/find', body)).body).toMatchObject({
      results: [{ identifier: 'acct_stale' }],
    });
  });

  it('takes idempotency keys of 64 characters and refuses longer ones', async () => {
    const longest = await client.post('/one_times', charge(1), { 'idempotency-key': 'k'.repeat(64) });
    expect(longest.status).toBe(201);
    const longer = await client.post('/one_times', charge(1), { 'idempotency-key': 'k'.repeat(65) });
    expect(longer.status).toBe(400);
    expect(longer.body).toMatchObject({ error_type: 'validation_error' });
  });

  it('pays no heed to idempotency keys on reads', async () => {
    const headers = { 'idempotency-key': 'read' };
    await client.call('GET', '/products/prod_api', { headers });
    const other = await client.call('GET', '/products/prod_storage', { headers });
    expect(other.body).toMatchObject({ id: 'prod_storage' });
    expect(other.headers.get('idempotency-key')).toBeNull();
  });

  it('gives each charge an id of its own', async () => {
    const created = listOf((await client.post('/one_times', charge(1))).body);
    const all = await client.walk('one_times');
    const ids = all.map((row) => textOf(row, 'id'));
    expect(created).toHaveLength(1);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
