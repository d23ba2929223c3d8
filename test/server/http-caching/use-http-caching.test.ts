import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../../support/fault-switch.ts';
import { sha256 } from '../../support/manifest-folder.ts';
import { sendOperation } from '../../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { refusal } from '../../support/upstream-outages.ts';

const CATALOGUE = '{ plans(first: 2) { nodes { provider name } } }';
const CUSTOMERS = '{ customers(first: 2) { nodes { provider name } } }';
const KEYS = ['key-of-one', 'key-of-another'];
/** Enough companies where headers alone are looked at. */
const SMALL = { companyCount: 5 };

describe('what caches are told', () => {
  const metronome = createFaultSwitch();
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ metronome: { onRequest: metronome.onRequest } });
  });
  afterAll(() => gateway.stop());

  const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    sendOperation(gateway.url, 'GET', { query }, headers);

  it('of the catalogue: that the client may use it for minutes, and then has to ask', async () => {
    const { status, headers } = await get(CATALOGUE);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, max-age=300');
    expect(headers.get('etag')).toMatch(/^"[\w-]+"$/);
  });

  it.each([
    CUSTOMERS,
    '{ providers { status } }',
    '{ __typename }',
    '{ __schema { queryType { name } } }',
    '{ account(identifier: "acct_1001") { name plans(first: 1) { nodes { name } } } }',
    `{ node(id: "QWNjb3VudDphY2N0XzEwMDE") { ... on Plan { name } } plans(first: 1) { nodes { name } } }`,
  ])('of anything else: that the client has to ask each time: %s', async (query) => {
    const { status, headers } = await get(query);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('etag')).toMatch(/^"[\w-]+"$/);
  });

  it('depends on the variables of the request', async () => {
    const query = `query Q($all: Boolean = false) {
      plans(first: 1) { nodes { name } }
      customers(first: 1) @include(if: $all) { nodes { name } }
    }`;
    const controls: (string | null)[] = [];
    for (const variables of [{}, { all: true }, { all: false }]) {
      const { headers } = await sendOperation(gateway.url, 'GET', { query, variables });
      controls.push(headers.get('cache-control'));
    }
    expect(controls).toEqual(['private, max-age=300', 'private, no-cache', 'private, max-age=300']);
  });

  it.each(['application/json', 'application/graphql-response+json', '*/*'])(
    'is the same where the answer is asked for as %s',
    async (accept) => {
      const { headers } = await get(CATALOGUE, { accept });
      expect(headers.get('cache-control')).toBe('private, max-age=300');
    },
  );

  it.each([
    ['a field that fails', 'query { plan(id: "x") { name } }'],
    ['a failing field beside data', `{ plans(first: 1) { nodes { name } } nodes(ids: ["x"]) { id } }`],
    ['no document of GraphQL', '{'],
    ['an unknown field', '{ plans { nope } }'],
    ['variables of no use', 'query Q($first: Int!) { plans(first: $first) { nodes { name } } }'],
  ])('is to keep nothing of an answer to %s', async (_what, query) => {
    const { headers, body } = await get(query);
    expect(body).toHaveProperty('errors');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('etag')).toBe(false);
  });

  it.each([
    ['no operation', {}],
    ['an unknown id', { documentId: sha256('unknown') }],
    ['a mutation', { query: 'mutation { __typename }' }],
    ['variables that are no JSON', { query: CATALOGUE, variables: '{' }],
  ])('is to keep nothing of the refusal of %s', async (_what, parameters) => {
    const { headers, body } = await sendOperation(gateway.url, 'GET', parameters);
    expect(body).toHaveProperty('errors');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is to keep nothing of an answer that lacks the part of one system', async () => {
    metronome.turnOn(refusal(503));
    const { headers, body } = await get(CATALOGUE, { 'if-none-match': '*' });
    metronome.turnOff();
    expect(body).toHaveProperty('data.plans.nodes.0.provider', 'MAPLE');
    expect(body).toHaveProperty('errors.0.extensions.provider', 'METRONOME');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('etag')).toBe(false);
  });

  it.each([CATALOGUE, 'mutation { __typename }', '{'])('is to keep nothing of a POST: %s', async (query) => {
    const { headers } = await sendOperation(gateway.url, 'POST', { query }, { 'if-none-match': '*' });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('etag')).toBe(false);
  });

  it.each(['text/event-stream', 'multipart/mixed'])(
    'is to keep nothing of a stream as %s',
    async (accept) => {
      const { status, headers } = await get(CATALOGUE, { accept, 'if-none-match': '*' });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain(accept);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.has('etag')).toBe(false);
    },
  );

  it.each([
    ['GET', '/livez', 200],
    ['GET', '/readyz', 200],
    ['GET', '/nowhere', 404],
    ['HEAD', '/graphql', 405],
    ['PUT', '/graphql', 405],
  ])('is to keep nothing of %s %s', async (method, path, status) => {
    const response = await fetch(new URL(path, gateway.url), { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it("is to keep nothing of GraphiQL's page, which has the same address as an answer", async () => {
    const { headers, body } = await fetch(gateway.url, { headers: { accept: 'text/html' } });
    await body?.cancel();
    expect(headers.get('content-type')).toBe('text/html');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('vary')).toBe('Accept');
  });
});

describe('an answer that the client has already', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${gateway.url}?${new URLSearchParams({ query }).toString()}`, { headers });

  async function tagOf(query: string, accept = '*/*'): Promise<string> {
    const { headers } = await get(query, { accept });
    return headers.get('etag') ?? '';
  }

  it.each([CATALOGUE, CUSTOMERS])(
    'is not sent again, with the headers of the whole answer: %s',
    async (query) => {
      const whole = await get(query);
      const again = await get(query, { 'if-none-match': whole.headers.get('etag') ?? '' });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      for (const name of ['etag', 'cache-control', 'vary']) {
        expect(again.headers.get(name)).toBe(whole.headers.get(name));
      }
      for (const name of ['content-type', 'content-length']) expect(again.headers.has(name)).toBe(false);
    },
  );

  it('is known among other tags, by its weak form, and by the star', async () => {
    const tag = await tagOf(CUSTOMERS);
    for (const named of [`"a", W/${tag}`, '*']) {
      expect((await get(CUSTOMERS, { 'if-none-match': named })).status).toBe(304);
    }
  });

  it.each(['"another"', 'W/"another"', 'no tag', ''])('is sent where the tag is %j', async (tag) => {
    const answer = await get(CUSTOMERS, { 'if-none-match': tag });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveProperty('data.customers');
  });

  it('is another for another query and another media type', async () => {
    const tags = [
      await tagOf(CUSTOMERS),
      await tagOf(CATALOGUE),
      await tagOf(CUSTOMERS, 'application/graphql-response+json'),
    ];
    expect(new Set(tags).size).toBe(3);
    const json = await get(CUSTOMERS, { accept: 'application/json', 'if-none-match': tags[2] ?? '' });
    expect(json.status).toBe(200);
  });

  it('is asked for upstream all the same, so that a change shows', async () => {
    const tag = await tagOf(CUSTOMERS);
    gateway.forgetCalls();
    await get(CUSTOMERS, { 'if-none-match': tag });
    expect(Object.keys(gateway.calls())).not.toEqual([]);
  });

  it('is as long as its bytes', async () => {
    const answer = await get('{ plans(first: 20) { nodes { name description } } }');
    const body = await answer.arrayBuffer();
    expect(answer.headers.get('content-length')).toBe(String(body.byteLength));
  });
});

describe('what an answer varies by', () => {
  async function varyOf(
    env: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly vary: string | null }> {
    const gateway = await startTestGateway({ env, metronome: SMALL, maple: SMALL });
    try {
      const answer = await sendOperation(gateway.url, 'GET', { query: CUSTOMERS }, headers);
      return { status: answer.status, vary: answer.headers.get('vary') };
    } finally {
      await gateway.stop();
    }
  }
  const keys = { GATEWAY_API_KEYS: KEYS.map((key, index) => `k${index}:read:${sha256(key)}`).join(',') };
  const origin = 'https://app.example.com';
  const origins = { CORS_ORIGINS: `${origin},https://other.example.com` };

  it('is the media type alone, where everybody may ask and no other origin', async () => {
    expect(await varyOf({}, { origin })).toEqual({ status: 200, vary: 'Accept' });
  });

  it('is the key as well, where there are keys, in an answer and in a refusal', async () => {
    const vary = 'Accept, Authorization, X-API-Key';
    expect(await varyOf(keys, { 'x-api-key': KEYS[0] ?? '' })).toEqual({ status: 200, vary });
    expect(await varyOf(keys, {})).toEqual({ status: 401, vary });
  });

  it.each([
    ['none', {}],
    ['one that may ask', { origin }],
    ['another', { origin: 'https://evil.example.com' }],
  ])('is the origin as well, once, where other origins may ask: %s', async (_which, headers) => {
    const { vary } = await varyOf(origins, headers);
    expect(vary?.split(', ').toSorted()).toEqual(['Accept', 'Origin']);
  });

  it('keeps the leave of another origin in an answer without a body', async () => {
    const gateway = await startTestGateway({ env: origins, metronome: SMALL, maple: SMALL });
    try {
      const parameters = { query: CUSTOMERS };
      const { headers } = await sendOperation(gateway.url, 'GET', parameters, {
        origin,
        'if-none-match': '*',
      });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    } finally {
      await gateway.stop();
    }
  });
});
