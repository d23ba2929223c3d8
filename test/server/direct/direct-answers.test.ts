import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../support/manifest-folder.ts';
import { manifestOperations } from '../../support/manifest-operations.ts';
import { openRawConnection, rawPost } from '../../support/raw-connection.ts';
import { exchange, rawRequest, type RawHeader } from '../../support/raw-exchange.ts';
import { LEFT, startDirectServer, type DirectServer, type DirectServerOptions } from './direct-server.ts';
import { get, post } from './requests.ts';

const KNOWN = '{ providers { provider } }';
const FAILING = '{ customers(first: -1) { nodes { id } } }';
const CUSTOMERS = 'query Page($first: Int!) { customers(first: $first) { nodes { id } } }';
const ALL_KNOWN = [KNOWN, FAILING, CUSTOMERS, 'mutation { __typename }', `${KNOWN} #${'x'.repeat(100_000)}`];
const catalogue = manifestOperations().find(({ name }) => name === 'PlanCatalogue')?.hash ?? '';
const json: RawHeader = ['Content-Type', 'application/json'];

let server: DirectServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(options?: DirectServerOptions): Promise<DirectServer> {
  server = await startDirectServer(options);
  for (const query of ALL_KNOWN) server.know(query);
  return server;
}

async function statusOf({ url }: DirectServer, bytes: Buffer): Promise<number> {
  const [answer] = await exchange(url, bytes);
  return Number(answer?.statusLine.slice(9, 12));
}

const DIRECT: readonly (readonly [title: string, bytes: Buffer])[] = [
  ['a known document by POST', post({ query: KNOWN })],
  ['a known document by GET', get({ query: KNOWN })],
  ['a long known document', post({ query: ALL_KNOWN.at(-1) })],
  ['one with errors', post({ query: FAILING })],
  ['one with variables', post({ query: CUSTOMERS, variables: { first: 1 } })],
  ['a persisted operation by POST', post({ documentId: catalogue, variables: { first: 1 } })],
  ['a persisted operation by GET', get({ documentId: `sha256:${catalogue}`, variables: { first: 1 } })],
  ['one named as Relay names it', get({ doc_id: catalogue, variables: { first: 1 } })],
  [
    'one named as Apollo names it',
    get({ extensions: { persistedQuery: { version: 1, sha256Hash: catalogue } }, variables: { first: 1 } }),
  ],
  ['one for a client of GraphQL', post({ query: KNOWN }, ['Accept', 'application/graphql-response+json'])],
];

const TO_THE_SERVER: readonly (readonly [title: string, bytes: Buffer, body: string])[] = [
  ...[
    { query: '{ __typename }' },
    { query: '{ x }' },
    { query: `{ __typename } #${'x'.repeat(900_000)}` },
    { query: CUSTOMERS, variables: { first: 'x' } },
    { query: CUSTOMERS },
    { query: 'mutation { __typename }' },
    { query: KNOWN, extensions: { cost: true } },
    { query: KNOWN, x: 1 },
    { query: KNOWN, id: catalogue },
    { query: KNOWN, operationName: 'Other' },
    { documentId: sha256('unknown') },
    {},
    [],
  ].map((body) => {
    const text = JSON.stringify(body);
    return [text.slice(0, 80), post(body), text] as const;
  }),
  ['half a body', post('{"query"'), '{"query"'],
  ['no body', post(''), ''],
  ['a body of another type', post('{ x }', ['Content-Type', 'application/graphql']), '{ x }'],
  [
    'chunks',
    rawRequest({
      headers: [json, ['Transfer-Encoding', 'chunked']],
      body: '3\r\n{"q\r\n1\r\n"\r\n0\r\n\r\n',
    }),
    '{"q"',
  ],
  ['a body that is too long', post(' '.repeat(1_000_001)), ' '.repeat(1_000_001)],
  ['another path', rawRequest({ target: '/graphql/', headers: [json], body: 'x' }), 'x'],
  ['another method', rawRequest({ method: 'PUT', headers: [json], body: 'x' }), 'x'],
  ['a GET of an id and a document', get({ query: KNOWN, id: catalogue }), ''],
  ['a GET for a page', get({ query: KNOWN }, ['Accept', 'text/html']), ''],
  ['a GET for a host with a path', get({ query: KNOWN }, ['Host', 'localhost/x']), ''],
];

describe('direct answers', () => {
  it('are given to known documents and persisted operations, for callers that count once', async () => {
    const server = await start();
    for (const [title, bytes] of DIRECT) expect([title, await statusOf(server, bytes)]).toEqual([title, 200]);
    expect(server.left).toEqual([]);
    await expect.poll(() => server.callers).toEqual({ entered: DIRECT.length, done: DIRECT.length });
  });

  it('leave everything else to the server, with its body in full, for callers that count once', async () => {
    const server = await start();
    for (const [title, bytes, body] of TO_THE_SERVER) {
      const { entered } = server.callers;
      expect([title, await statusOf(server, bytes)]).toEqual([title, LEFT]);
      const { admitted, body: read } = server.left.at(-1) ?? {};
      expect([title, read]).toEqual([title, body]);
      // Those that were let in must not count again; the server lets in the others.
      expect([title, admitted?.isCounted === true]).toEqual([title, server.callers.entered > entered]);
    }
    const { entered } = server.callers;
    await expect.poll(() => server.callers.done).toBe(entered);
  });

  it('leave unknown callers and those that ask for too much to the server, which does not take them for let in', async () => {
    const env = { GATEWAY_API_KEYS: `reader:read:${sha256('key')}` };
    const server = await start({
      env,
      enter: () => () => ({ kind: 'refused', reason: 'atOnce', retryAfterMs: 1 }),
    });
    const body = JSON.stringify({ query: KNOWN });
    expect(await statusOf(server, post(body))).toBe(LEFT);
    expect(await statusOf(server, post(body, ['X-API-Key', 'key']))).toBe(LEFT);
    expect(server.left).toEqual([
      { admitted: {}, body },
      { admitted: {}, body },
    ]);
  });

  it('tell of a fault of their own without its message, and log it', async () => {
    const server = await start({ enter: () => () => Promise.reject(new Error('a secret')) });
    const [answer] = await exchange(server.url, post({ query: KNOWN }));
    expect(answer?.statusLine).toContain(' 500 ');
    expect(answer?.body).toContain('INTERNAL_SERVER_ERROR');
    expect(answer?.body).not.toContain('secret');
    expect(server.faults).toHaveLength(1);
  });
});

describe('a client of direct answers that goes away', () => {
  it.each(['authenticate', 'enter'] as const)('before %s is over, costs no upstream call', async (step) => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    let asked = 0;
    const late =
      <Given, Result>(usual: (given: Given) => Result | Promise<Result>) =>
      async (given: Given): Promise<Result> => {
        asked += 1;
        reached.resolve();
        if (asked === 1) await gate.promise;
        return usual(given);
      };
    const server = await start(step === 'authenticate' ? { authenticate: late } : { enter: late });
    const connection = await openRawConnection(server.url);
    connection.write(get({ query: CUSTOMERS, variables: { first: 1 } }).toString());
    await reached.promise;
    connection.socket.resetAndDestroy();
    await connection.ended();
    // Now the server knows too.
    expect(await statusOf(server, post({ query: KNOWN }))).toBe(200);
    gate.resolve();
    await expect.poll(() => server.callers).toEqual({ entered: 2, done: 2 });
    expect(server.left).toEqual([]);
    expect(server.faults).toEqual([]);
    expect(server.upstreamReads()).toBe(0);
  });

  it('in the middle of its body leaves nothing behind', async () => {
    const server = await start();
    const { head, body } = rawPost(JSON.stringify({ query: KNOWN }));
    for (const sent of [head, head + body.slice(0, 5), head + body.slice(0, -1)]) {
      const { entered } = server.callers;
      const connection = await openRawConnection(server.url);
      connection.write(sent);
      await expect.poll(() => server.callers.entered).toBe(entered + 1);
      connection.socket.resetAndDestroy();
      await expect.poll(() => server.callers.done).toBe(entered + 1);
    }
    expect(server.left).toEqual([]);
    expect(server.faults).toEqual([]);
  });

  it('before it has taken its answer leaves nothing behind', async () => {
    const server = await start();
    const connection = await openRawConnection(server.url);
    const { head, body } = rawPost(JSON.stringify({ query: CUSTOMERS, variables: { first: 20 } }));
    connection.write(head + body);
    await expect.poll(() => server.callers.entered).toBe(1);
    connection.socket.resetAndDestroy();
    await expect.poll(() => server.callers.done).toBe(1);
    expect(server.faults).toEqual([]);
  });

  it('having said that nothing more follows still gets its answer', async () => {
    const server = await start();
    const [answer] = await exchange(server.url, post({ query: KNOWN }), true);
    expect(answer?.statusLine).toContain(' 200 ');
  });

  it('is cut off when it sends its body too slowly, and is done then', async () => {
    const server = await start({ server: { requestTimeout: 200, connectionsCheckingInterval: 20 } });
    const connection = await openRawConnection(server.url);
    const { head, body } = rawPost(JSON.stringify({ query: KNOWN }));
    connection.write(head);
    const letters = body.slice(0, -1)[Symbol.iterator]();
    const drip = setInterval(() => connection.write(letters.next().value ?? ''), 20);
    expect(await connection.ended()).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
    await expect.poll(() => server.callers).toEqual({ entered: 1, done: 1 });
    expect(server.left).toEqual([]);
  });
});

describe('requests in a row on one connection', () => {
  it('are answered in their order, by whom they may be', async () => {
    const server = await start();
    const connection = await openRawConnection(server.url);
    const direct = rawPost(JSON.stringify({ query: KNOWN }));
    const other = rawPost('[]');
    connection.write([direct, other, direct, other].map(({ head, body }) => head + body).join(''));
    await expect.poll(() => server.callers.done).toBe(4);
    connection.socket.end();
    const statuses = (await connection.ended()).match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(['HTTP/1.1 200', 'HTTP/1.1 599', 'HTTP/1.1 200', 'HTTP/1.1 599']);
  });
});
