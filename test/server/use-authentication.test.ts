import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const READER = 'reader-key';
const WRITER = 'writer-key';

function sha256(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

let gateway: TestGateway;

beforeAll(async () => {
  const keys = `reader:read:${sha256(READER)},writer:write:${sha256(WRITER)}`;
  gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: keys } });
});

afterAll(() => gateway.stop());

/** Posts a small query to a path of the gateway. */
function post(headers: Record<string, string>, path = '/graphql'): Promise<Response> {
  return fetch(new URL(gateway.url).origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ providers { provider } }' }),
  });
}

describe('API keys', () => {
  it.each<readonly [string, Record<string, string>]>([
    ['as a bearer token', { authorization: `Bearer ${READER}` }],
    ['as a bearer token in lower case', { authorization: `bearer ${WRITER}` }],
    ['in x-api-key', { 'x-api-key': READER }],
  ])('let a request through with a key %s', async (_where, headers) => {
    const response = await post(headers);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { providers: [{}, {}] } });
  });

  it.each<readonly [string, Record<string, string>]>([
    ['no key', {}],
    ['another key', { authorization: 'Bearer other-key' }],
    ['a key cut short', { authorization: `Bearer ${READER.slice(0, -1)}` }],
    ['a key in other case', { 'x-api-key': READER.toUpperCase() }],
    ['the hash of a key', { 'x-api-key': sha256(READER) }],
    ['an empty key', { 'x-api-key': '' }],
    ['the name of a key', { authorization: 'Bearer reader' }],
    ['another scheme', { authorization: `Basic ${READER}` }],
    [
      'a wrong x-api-key beside a right bearer token',
      { 'x-api-key': 'other-key', authorization: `Bearer ${READER}` },
    ],
  ])('refuse a request with %s, before any upstream call', async (_what, headers) => {
    gateway.forgetCalls();
    const response = await post(headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toEqual({
      errors: [{ message: 'A valid API key is required.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(gateway.calls()).toEqual({});
  });

  it.each([
    '/graphql/',
    '//graphql',
    '/graphql?x=1',
    '/graphql//',
    '/elsewhere?to=/graphql',
    '/elsewhere?to=/graphql/',
    '/livez?to=/graphql',
  ])('are needed at every address that answers queries: %s', async (path) => {
    const response = await post({}, path);
    expect(await response.text()).not.toContain('"data"');
  });

  it('are needed for GET too', async () => {
    const response = await fetch(`${gateway.url}?query={__typename}`);
    expect(response.status).toBe(401);
  });

  it.each(['/livez', '/readyz'])('are not needed for the probe %s', async (path) => {
    expect((await fetch(new URL(path, gateway.url))).status).toBe(200);
  });
});
