import { isObjectType, parse, type GraphQLNamedType } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { Agent, cacheStores, interceptors, request, type Dispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cacheControlOf } from '../../src/domain/cache-control.ts';
import { schema } from '../../src/schema.ts';
import { persistedExamples } from '../../src/server/graphiql/persisted-examples.ts';
import { countDocumentWork } from '../support/document-work.ts';
import { sha256 } from '../support/manifest-folder.ts';
import { operationOf } from '../support/operation-of.ts';
import { sendOperation } from '../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Any operation is served: each example shows its id. */
const any = { id: '', text: '', document: parse('{ __typename }') };
const served = { find: () => any, close() {} };
const operations = (await persistedExamples(served)).map(({ query, variables }) => ({
  ...operationOf(query),
  documentId: /sha256:[0-9a-f]{64}/.exec(query)?.[0] ?? '',
  variables: variables ?? '{}',
}));
const queries = operations.filter(({ type }) => type === 'query');
const mutation = operations.find(({ type }) => type === 'mutation');

describe('the persisted queries of the committed manifest by GET', () => {
  const work = countDocumentWork();
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ env: { PERSISTED_OPERATIONS: 'only' }, plugins: [work.plugin] });
  });
  afterAll(() => gateway.stop());

  const get = (parameters: (typeof operations)[number], headers: Readonly<Record<string, string>> = {}) =>
    sendOperation(
      gateway.url,
      'GET',
      { documentId: parameters.documentId, variables: parameters.variables },
      headers,
    );

  it('may be kept for a time where they ask for the catalogue alone', async () => {
    const controls: Record<string, string | null> = {};
    for (const query of queries) controls[query.name] = (await get(query)).headers.get('cache-control');
    expect(controls).toEqual({
      BillingOverview: 'private, no-cache',
      CostChart: 'private, no-cache',
      CustomerSearch: 'private, no-cache',
      InvoiceDetail: 'private, no-cache',
      InvoiceList: 'private, no-cache',
      PlanCatalogue: 'private, max-age=300',
    });
  });

  it.each(queries)('send nothing twice, and parse and validate nothing: $name', async (query) => {
    const { status, headers, body } = await get(query);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('errors');
    const again = await get(query, { 'if-none-match': headers.get('etag') ?? '' });
    expect({ status: again.status, body: again.body }).toEqual({ status: 304, body: null });
    expect(work.spent()).toEqual({ parsed: 0, validated: 0 });
  });

  it('are kept out of reach of mutations, which nothing may keep', async () => {
    const { documentId = '', variables = '' } = mutation ?? {};
    const byGet = await sendOperation(gateway.url, 'GET', { documentId, variables });
    const input: unknown = JSON.parse(variables);
    const byPost = await sendOperation(gateway.url, 'POST', { documentId, variables: input });
    expect([byGet.status, byPost.status]).toEqual([405, 200]);
    for (const { headers } of [byGet, byPost]) expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('a cache between client and gateway', () => {
  const KEYS = ['key-of-one', 'key-of-another'] as const;
  let received: number;
  const counting: Plugin = {
    onRequest() {
      received += 1;
    },
  };
  let gateway: TestGateway;
  let cache: Dispatcher;
  beforeAll(async () => {
    const keys = KEYS.map((key, index) => `client-${index}:read:${sha256(key)}`).join(',');
    gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: keys }, plugins: [counting] });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    received = 0;
  });
  afterEach(() => cache.close());

  /** Asks through the cache for a persisted operation. */
  async function ask(name: string, key: string): Promise<unknown> {
    const { documentId = '', variables = '' } = operations.find((each) => each.name === name) ?? {};
    const address = new URL(gateway.url);
    address.search = new URLSearchParams({ documentId, variables }).toString();
    const answer = await request(address, { dispatcher: cache, headers: { 'x-api-key': key } });
    const body: unknown = await answer.body.json();
    expect(body).toHaveProperty('data');
    return body;
  }

  it("of one client's own answers for the catalogue, until another key asks", async () => {
    cache = caching('private');
    const first = await ask('PlanCatalogue', KEYS[0]);
    expect(await ask('PlanCatalogue', KEYS[0])).toEqual(first);
    expect(received).toBe(1);
    await ask('PlanCatalogue', KEYS[1]);
    expect(received).toBe(2);
  });

  it("of one client's own asks each time for a customer's data", async () => {
    cache = caching('private');
    for (const _time of [1, 2]) await ask('InvoiceList', KEYS[0]);
    expect(received).toBe(2);
  });

  it.each(['PlanCatalogue', 'InvoiceList'])('that many clients share keeps nothing: %s', async (name) => {
    cache = caching('shared');
    for (const _time of [1, 2]) await ask(name, KEYS[0]);
    expect(received).toBe(2);
  });
});

describe('the max-ages that the schema declares', () => {
  it('are on the catalogue alone, which no write of the gateway changes', () => {
    expect(Object.values(schema.getTypeMap()).flatMap(placesWithMaxAge)).toEqual([
      'Plan',
      'PlanCharge',
      'Query.plans',
    ]);
  });
});

/** An HTTP client that keeps what it may keep. */
function caching(type: 'private' | 'shared'): Dispatcher {
  return new Agent().compose(interceptors.cache({ type, store: new cacheStores.MemoryCacheStore() }));
}

/** Types and fields that may be used again without asking. */
function placesWithMaxAge(type: GraphQLNamedType): string[] {
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  const places = [
    { place: type.name, extensions: type.extensions },
    ...fields.map(({ name, extensions }) => ({ place: `${type.name}.${name}`, extensions })),
  ];
  return places.flatMap(({ place, extensions }) => {
    const control = cacheControlOf(extensions);
    return control !== null && 'maxAgeSeconds' in control && control.maxAgeSeconds > 0 ? [place] : [];
  });
}
