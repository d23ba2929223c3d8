import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { metronomeClient, type MetronomeClient } from './metronome-client.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('protocol of the Metronome sandbox', () => {
  let server: SandboxServer;
  let client: MetronomeClient;
  beforeAll(async () => {
    server = await startMetronomeSandbox({ companyCount: 20 });
    client = metronomeClient(server);
  });
  afterAll(() => server.close());

  it.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'sandbox-metronome-token' }])(
    'answers 401 with a message to the headers %j',
    async (headers: Record<string, string>) => {
      const response = await fetch(`${server.url}/v1/customers`, { headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ message: 'Unauthorized' });
    },
  );

  it('answers 404 to an unknown path and 405 to a wrong method', async () => {
    const unknown = await client.call('GET', '/v1/customer', { isDocumented: false });
    const wrongMethod = await client.call('DELETE', '/v1/customers', { isDocumented: false });
    expect([unknown.status, wrongMethod.status]).toEqual([404, 405]);
    expect(unknown.message).toBeTypeOf('string');
    expect(wrongMethod.message).toBeTypeOf('string');
  });

  it.each([
    `/v1/customers/${UNKNOWN}`,
    `/v1/customers/${UNKNOWN}/plans`,
    `/v1/customers/${UNKNOWN}/invoices`,
    `/v1/customers/${UNKNOWN}/invoices/${UNKNOWN}`,
    `/v1/customers/${UNKNOWN}/costs`,
    `/v1/planDetails/${UNKNOWN}`,
    `/v1/planDetails/${UNKNOWN}/charges`,
    `/v1/planDetails/${UNKNOWN}/customers`,
  ])('answers 404 for the unknown id in %s, and 400 where it is no UUID', async (path) => {
    expect((await client.get(path)).status).toBe(404);
    expect((await client.get(path.replaceAll(UNKNOWN, 'not-a-uuid'))).status).toBe(400);
  });

  it.each(['/v1/customers', '/v1/customers/archive', '/v1/invoices/void', '/v1/invoices/regenerate'])(
    'answers 400 to malformed JSON, no body, a list and an empty object at POST %s',
    async (path) => {
      const headers = { 'content-type': 'application/json' };
      for (const rawBody of ['{"id":', '', '[]', '{}']) {
        const answer = await client.call('POST', path, { rawBody, headers });
        expect([rawBody, answer.status]).toEqual([rawBody, 400]);
      }
    },
  );

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'ten'],
    ['limit', '-1'],
    ['limit', ''],
    ['next_page', 'garbage'],
    ['next_page', Buffer.from('{"k":[1],"s":"x"}').toString('base64url')],
  ])('answers 400 to %s=%s in every list', async (name, value) => {
    for (const path of ['/v1/customers', '/v1/plans', '/v1/credit-types/list']) {
      const answer = await client.get(path, { [name]: value });
      expect([path, answer.status]).toEqual([path, 400]);
    }
  });

  it('replays the first outcome of an Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'create-once' };
    const first = await client.post('/v1/customers', { name: 'Twice Ltd' }, key);
    const second = await client.post('/v1/customers', { name: 'Twice Ltd' }, key);
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
    const rows = await client.walk('/v1/customers');
    expect(rows.filter((row) => row['name'] === 'Twice Ltd')).toHaveLength(1);
  });

  it('answers 409 to an Idempotency-Key with other parameters or another operation', async () => {
    const key = { 'idempotency-key': 'create-other' };
    await client.post('/v1/customers', { name: 'First Ltd' }, key);
    expect((await client.post('/v1/customers', { name: 'Second Ltd' }, key)).status).toBe(409);
    expect((await client.post('/v1/invoices/void', { name: 'First Ltd' }, key)).status).toBe(409);
  });

  it('stores errors under an Idempotency-Key, but not failed validation', async () => {
    const taken = { 'idempotency-key': 'alias-taken' };
    const body = { name: 'Late Ltd', ingest_aliases: ['acct_1001'] };
    expect((await client.post('/v1/customers', body, taken)).status).toBe(409);
    expect((await client.post('/v1/customers', { name: 'Late Ltd' }, taken)).message).toContain(
      'Idempotency-Key',
    );

    const invalid = { 'idempotency-key': 'first-invalid' };
    expect((await client.post('/v1/customers', {}, invalid)).status).toBe(400);
    expect((await client.post('/v1/customers', { name: 'Valid Ltd' }, invalid)).status).toBe(200);
  });
});
