import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { request } from 'undici';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Posts a query to a gateway under a name that leads to it. */
async function askAs(
  host: string,
  { url }: TestGateway,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { ...headers, host, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ customers(first: 1) { nodes { name } } }' }),
  });
  return { status: statusCode, body: await body.text() };
}

describe('a gateway without keys', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  beforeEach(() => gateway.forgetCalls());
  afterAll(() => gateway.stop());

  it.each([
    'localhost',
    'LOCALHOST:80',
    'localhost.',
    'app.localhost:4000',
    '127.0.0.1',
    '127.8.9.10:4000',
    '[::1]:4000',
  ])('answers to %s', async (host) => {
    const { status, body } = await askAs(host, gateway);
    expect(status).toBe(200);
    expect(body).toContain('"data"');
  });

  it.each([
    'rebound.example.com',
    'rebound.example.com:4000',
    'localhost.example.com',
    'notlocalhost',
    '127.0.0.1.example.com',
    '128.0.0.1',
    '0.0.0.0',
    '192.168.0.1:4000',
    '[::2]',
    '[::ffff:192.168.0.1]',
    'user@localhost.example.com',
  ])('turns away who asks for %s, before anything is sent', async (host) => {
    const { status, body } = await askAs(host, gateway);
    expect(status).toBe(421);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(body).not.toContain(host);
    expect(gateway.calls()).toEqual({});
  });

  it.each(['a b', 'localhost:99999', 'localhost:port'])('takes no Host that is none: %j', async (host) => {
    expect((await askAs(host, gateway)).status).toBe(400);
    expect(gateway.calls()).toEqual({});
  });
});

describe('a gateway with keys', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const hash = createHash('sha256').update('a key').digest('hex');
    gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: `app:read:${hash}` } });
  });
  afterAll(() => gateway.stop());

  it('answers to any name', async () => {
    const { status, body } = await askAs('gateway.example.com', gateway, { 'x-api-key': 'a key' });
    expect(status).toBe(200);
    expect(body).toContain('"data"');
  });
});
