import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pick } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts';

const KEY = 'reader-key';
const WRITE = `mutation { voidInvoice(input: { idempotencyKey: "k", invoiceId: "none" }) { __typename } }`;

let issuer: TokenIssuer;

beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());

function environment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    GATEWAY_JWKS_URL: issuer.jwksUrl,
    GATEWAY_JWT_ISSUER: issuer.issuer,
    GATEWAY_JWT_AUDIENCE: issuer.audience,
    ...more,
  };
}

async function ask(
  { url }: TestGateway,
  headers: Readonly<Record<string, string>>,
  query = '{ customers(first: 1) { nodes { id } } }',
): Promise<{ readonly status: number; readonly challenge: string | null; readonly body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    body: await response.json(),
  };
}

const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` });

describe('a gateway with JSON web tokens alone', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ env: environment() });
  });
  beforeEach(() => gateway.forgetCalls());
  afterAll(() => gateway.stop());

  it('answers queries with a token that may read', async () => {
    const { status, body } = await ask(gateway, bearer(await issuer.sign()));
    expect(status).toBe(200);
    expect(pick(body, 'data', 'customers', 'nodes')).toHaveLength(1);
  });

  it('runs mutations with a token that may write, and with no other', async () => {
    const write = await ask(gateway, bearer(await issuer.sign({ scope: 'billing:write' })), WRITE);
    expect(pick(write.body, 'data', 'voidInvoice', '__typename')).toBe('InvalidInputError');
    const read = await ask(gateway, bearer(await issuer.sign()), WRITE);
    expect(pick(read.body, 'errors', 0, 'extensions', 'code')).toBe('FORBIDDEN');
  });

  it('says of a token without its scopes which ones there are', async () => {
    const { status, challenge, body } = await ask(gateway, bearer(await issuer.sign({ scope: 'openid' })));
    expect(status).toBe(403);
    expect(challenge).toBe('Bearer error="insufficient_scope", scope="billing:read billing:write"');
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(gateway.calls()).toEqual({});
  });

  it.each<readonly [string, () => Promise<Readonly<Record<string, string>>>]>([
    ['no token', () => Promise.resolve({})],
    ['an expired token', async () => bearer(await issuer.sign({ exp: 1 }))],
    ['a token of another issuer', async () => bearer(await issuer.sign({ iss: 'other' }))],
    ['a word', () => Promise.resolve(bearer('word'))],
    ['a token by another scheme', async () => ({ authorization: `Basic ${await issuer.sign()}` })],
    ['a token in x-api-key', async () => ({ 'x-api-key': await issuer.sign() })],
    ['a token beside a key', async () => ({ 'x-api-key': 'x', ...bearer(await issuer.sign()) })],
  ])('refuses %s, and tells nothing of it', async (_what, headers) => {
    const { status, challenge, body } = await ask(gateway, await headers());
    expect(status).toBe(401);
    expect(challenge).toBe('Bearer');
    expect(body).toEqual({
      errors: [{ message: 'A valid API key or token is required.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(gateway.calls()).toEqual({});
  });

  it('keeps caches from giving one caller the answer to another', async () => {
    const response = await fetch(`${gateway.url}?query={__typename}`, {
      headers: bearer(await issuer.sign()),
    });
    expect(response.headers.get('vary')).toMatch(/authorization/i);
    await response.body?.cancel();
  });
});

describe('a gateway with keys and JSON web tokens', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const hash = createHash('sha256').update(KEY).digest('hex');
    gateway = await startTestGateway({ env: environment({ GATEWAY_API_KEYS: `reader:read:${hash}` }) });
  });
  afterAll(() => gateway.stop());

  it('takes either', async () => {
    expect((await ask(gateway, bearer(KEY))).status).toBe(200);
    expect((await ask(gateway, { 'x-api-key': KEY })).status).toBe(200);
    expect((await ask(gateway, bearer(await issuer.sign()))).status).toBe(200);
    expect((await ask(gateway, bearer('other'))).status).toBe(401);
  });

  it('takes keys while the issuer cannot be reached', async () => {
    const away = await startTestGateway({
      env: environment({
        GATEWAY_JWKS_URL: 'http://127.0.0.1:9/keys',
        GATEWAY_API_KEYS: `reader:read:${createHash('sha256').update(KEY).digest('hex')}`,
      }),
    });
    expect((await ask(away, bearer(KEY))).status).toBe(200);
    expect((await ask(away, bearer(await issuer.sign()))).status).toBe(401);
    await away.stop();
  });
});
