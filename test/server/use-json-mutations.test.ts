import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** An invoice of the sandbox. */
const INVOICE = 'SW52b2ljZTpNQVBMRTpjdXNfMmVlYTU2MFgwOmVjMWM2Nzc2LTA2ZGMtODBkZC1hOWFhLTAwMDAwMDAwMDAwYw';
const WRITE = `mutation Write {
  voidInvoice(input: { idempotencyKey: "${randomUUID()}", invoiceId: "${INVOICE}" }) { __typename }
}`;
const READ = 'query Read { providers { provider } }';
const FORM = 'application/x-www-form-urlencoded';
const ANSWERS = ['application/json', 'application/graphql-response+json'];

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.stop());

beforeEach(() => {
  gateway.forgetCalls();
});

/** @param type null sends none, as a page can with a Blob */
function post(type: string | null, body: string, accept = '*/*'): Promise<Response> {
  return fetch(gateway.url, {
    method: 'POST',
    headers: { accept, ...(type !== null && { 'content-type': type }) },
    body: new TextEncoder().encode(body),
  });
}

function form(params: Readonly<Record<string, string>>): string {
  return new URLSearchParams(params).toString();
}

function json(params: Readonly<Record<string, string>>): string {
  return JSON.stringify(params);
}

async function expectRefused(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  const answer: unknown = await response.json();
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(answer).not.toHaveProperty('data');
  expect(gateway.calls()).toEqual({});
}

describe('a mutation', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="utf-8"',
    'application/graphql+json',
  ])('is taken by POST as %s', async (type) => {
    const response = await post(type, json({ query: WRITE }));
    expect(response.status).toBe(200);
    const answer: unknown = await response.json();
    expect(answer).toHaveProperty('data.voidInvoice.__typename');
    expect(answer).not.toHaveProperty('errors');
  });

  it.each<readonly [string | null, string]>([
    [FORM, form({ query: WRITE })],
    [`${FORM}; charset=utf-8`, form({ query: WRITE })],
    [`${FORM}; application/json`, form({ query: WRITE })],
    [`${FORM}, application/json`, form({ query: WRITE })],
    ['application/graphql', WRITE],
    ['text/plain', json({ query: WRITE })],
    ['text/plain; application/json', json({ query: WRITE })],
    ['text/plain, application/json', json({ query: WRITE })],
    ['application/json, text/plain', json({ query: WRITE })],
    [
      'multipart/form-data; boundary=b',
      `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${json({ query: WRITE })}\r\n--b--\r\n`,
    ],
    ['', json({ query: WRITE })],
    [null, json({ query: WRITE })],
  ])('is refused as %s, before anything is executed', async (type, body) => {
    await expectRefused(await post(type, body), 415);
  });

  it.each(ANSWERS)('in a form is refused with the same status where the answer is %s', async (accept) => {
    const response = await post(FORM, form({ query: WRITE }), accept);
    expect(response.headers.get('content-type')).toContain(accept);
    await expectRefused(response, 415);
  });

  it.each([`${READ} ${WRITE}`, `${WRITE} ${READ}`])(
    'in a form is refused where it is the operation asked for, and no other: %#',
    async (query) => {
      await expectRefused(await post(FORM, form({ query, operationName: 'Write' })), 415);
      const read = await post(FORM, form({ query, operationName: 'Read' }));
      expect(read.status).toBe(200);
      expect(await read.json()).toMatchObject({ data: { providers: [{}, {}] } });
    },
  );

  it.each(ANSWERS)('is refused by GET, also with a type of JSON, where the answer is %s', async (accept) => {
    const url = `${gateway.url}?${form({ query: WRITE })}`;
    const response = await fetch(url, { headers: { accept, 'content-type': 'application/json' } });
    expect(response.headers.get('allow')).toBe('POST');
    await expectRefused(response, 405);
  });

  it('is refused by GET beside a query that is not asked for', async () => {
    const params = form({ query: `${READ} ${WRITE}`, operationName: 'Write' });
    await expectRefused(await fetch(`${gateway.url}?${params}`), 405);
  });
});

describe('a query', () => {
  it.each([
    ['application/json', json({ query: READ })],
    [FORM, form({ query: READ })],
    ['application/graphql', READ],
  ])('is taken by POST as %s', async (type, body) => {
    const response = await post(type, body);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { providers: [{}, {}] } });
  });

  it('is taken by GET', async () => {
    const response = await fetch(`${gateway.url}?${form({ query: READ })}`);
    expect(await response.json()).toMatchObject({ data: { providers: [{}, {}] } });
  });

  it.each(['text/plain', null])('is refused as %s, which no operation may come in', async (type) => {
    await expectRefused(await post(type, json({ query: READ })), 415);
  });
});
