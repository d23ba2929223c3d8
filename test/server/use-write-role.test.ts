import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const READER = 'reader-key';
const WRITER = 'writer-key';
/** An invoice of the sandbox. */
const INVOICE = 'SW52b2ljZTpNQVBMRTpjdXNfMmVlYTU2MFgwOmVjMWM2Nzc2LTA2ZGMtODBkZC1hOWFhLTAwMDAwMDAwMDAwYw';
const WRITE = `mutation Write {
  voidInvoice(input: { idempotencyKey: "${randomUUID()}", invoiceId: "${INVOICE}" }) { __typename }
}`;
const READ = 'query Read { providers { provider } }';
const JSON_ANSWER = 'application/json';
const GRAPHQL_ANSWER = 'application/graphql-response+json';

function sha256(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

let gateway: TestGateway;

beforeAll(async () => {
  const keys = `reader:read:${sha256(READER)},writer:write:${sha256(WRITER)}`;
  gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: keys } });
});

afterAll(() => gateway.stop());

beforeEach(() => {
  gateway.forgetCalls();
});

interface Sent {
  readonly headers: Record<string, string>;
  readonly query: string;
  readonly operationName?: string;
  readonly accept?: string;
}

function send({ headers, query, operationName, accept = GRAPHQL_ANSWER }: Sent): Promise<Response> {
  return fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query, operationName }),
  });
}

async function expectForbidden(response: Response, status = 403): Promise<void> {
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({
    errors: [
      {
        message: 'This API key may only read: its role does not allow mutations.',
        extensions: { code: 'FORBIDDEN' },
      },
    ],
  });
  expect(gateway.calls()).toEqual({});
}

describe.each<readonly [string, (key: string) => Record<string, string>]>([
  ['a bearer token', (key) => ({ authorization: `Bearer ${key}` })],
  ['x-api-key', (key) => ({ 'x-api-key': key })],
])('the role of a key in %s', (_where, headersOf) => {
  it('keeps a reader from a mutation, before anything is executed', async () => {
    await expectForbidden(await send({ headers: headersOf(READER), query: WRITE }));
  });

  it('lets a writer run a mutation', async () => {
    const response = await send({ headers: headersOf(WRITER), query: WRITE });
    expect(response.status).toBe(200);
    const answer: unknown = await response.json();
    expect(answer).toHaveProperty('data.voidInvoice.__typename');
    expect(answer).not.toHaveProperty('errors');
  });

  it.each([READER, WRITER])('lets %s run a query', async (key) => {
    const response = await send({ headers: headersOf(key), query: READ });
    expect(await response.json()).toMatchObject({ data: { providers: [{}, {}] } });
  });
});

describe('a reader', () => {
  const headers = { 'x-api-key': READER };

  it('is told so with status 200 where the answer is plain JSON', async () => {
    await expectForbidden(await send({ headers, query: WRITE, accept: JSON_ANSWER }), 200);
  });

  it.each([`${READ} ${WRITE}`, `${WRITE} ${READ}`])(
    'may run the query of a document that holds a mutation too, but not the mutation: %#',
    async (query) => {
      const read = await send({ headers, query, operationName: 'Read' });
      expect(await read.json()).toMatchObject({ data: { providers: [{}, {}] } });
      gateway.forgetCalls();
      await expectForbidden(await send({ headers, query, operationName: 'Write' }));
    },
  );

  it.each([
    ['no name', {}],
    ['an empty name', { operationName: '' }],
    ['a name that is not there', { operationName: 'Other' }],
  ])('runs nothing of such a document with %s', async (_what, named) => {
    const response = await send({ headers, query: `${READ} ${WRITE}`, ...named });
    expect(response.status).toBe(400);
    const answer: unknown = await response.json();
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(answer).not.toHaveProperty('data');
    expect(gateway.calls()).toEqual({});
  });

  it('is refused a mutation that has no name', async () => {
    await expectForbidden(await send({ headers, query: 'mutation { __typename }' }));
  });

  it('sees the mutations by introspection', async () => {
    const query = '{ __schema { mutationType { fields { name } } } }';
    const answer: unknown = await (await send({ headers, query })).json();
    expect(answer).toMatchObject({ data: { __schema: { mutationType: { fields: [{}, {}, {}] } } } });
  });
});
