import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxFault } from '../../../src/sandbox/http/sandbox-server.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { startHeldUpstream } from '../../support/held-upstream.ts';
import { sha256 } from '../../support/manifest-folder.ts';
import { openRawConnection } from '../../support/raw-connection.ts';
import type { RawHeader } from '../../support/raw-exchange.ts';
import { startTestGateway } from '../../support/test-gateway.ts';
import { OUTAGES } from '../../support/upstream-outages.ts';
import { expectSame, expectSameTwice, startBothWays, type BothWays } from './both-ways.ts';
import { get, post } from './requests.ts';
import { REQUESTS_BY_ID, requestsOfPersisted, SHOWN_REQUESTS } from './requests-by-operation.ts';

const PROVIDERS = '{ providers { provider } }';
const CUSTOMERS = '{ customers(first: 2) { nodes { id name } } }';
/** Fails as a whole, or in parts beside data. */
const ACCOUNT =
  '{ account(identifier: "acct_1001") { name failures { provider code } customers { id } invoices(first: 2) { nodes { id customer { name } } } } }';
const VOID =
  'mutation ($input: VoidInvoiceInput!) { voidInvoice(input: $input) { __typename ... on Error { code message } } }';
const VOIDING = { query: VOID, variables: { input: { idempotencyKey: 'k', invoiceId: 'x' } } };
const GRAPHQL: RawHeader = ['Accept', 'application/graphql-response+json'];

function keys(...entries: readonly (readonly [name: string, role: 'read' | 'write'])[]): string {
  return entries.map(([name, role]) => `${name}:${role}:${sha256(`key-of-${name}`)}`).join(',');
}

const bearer = (key: string): RawHeader => ['Authorization', `Bearer ${key}`];
const own = (key: string): RawHeader => ['X-API-Key', key];

describe('with keys and other origins, they are the same', () => {
  let ways: BothWays;
  beforeAll(async () => {
    const env = {
      GATEWAY_API_KEYS: keys(['reader', 'read'], ['writer', 'write']),
      CORS_ORIGINS: 'https://app.example.com',
    };
    ways = await startBothWays({ env });
    await expectSame(ways, post({ query: PROVIDERS }, own('key-of-reader')));
  });
  afterAll(() => ways.stop());

  const reader = own('key-of-reader');
  it.each<[string, readonly RawHeader[]]>([
    ['no key', []],
    ['its own header', [reader]],
    ['a bearer', [bearer('key-of-reader')]],
    ['a key of spaces', [own(' ')]],
    ['an empty key', [own('')]],
    ['an empty key and a bearer', [own(''), bearer('key-of-reader')]],
    ['a wrong key', [own('wrong')]],
    ['a wrong key and another scheme', [['Authorization', 'Basic eDp5']]],
    ['a key in upper case', [own('KEY-OF-READER')]],
    ['its own header twice', [reader, reader]],
    ['a right key and a wrong one', [reader, own('wrong')]],
    ['a right key and a wrong bearer', [reader, bearer('wrong')]],
    ['a wrong key and a right bearer', [own('wrong'), bearer('key-of-reader')]],
    ['two bearers', [bearer('a'), bearer('b')]],
    ['a token', [bearer('a.b.c')]],
  ])('by %s', async (_title, headers) => {
    for (const bytes of [
      post({ query: PROVIDERS }, ...headers),
      get({ query: PROVIDERS }, ...headers),
      post({ query: PROVIDERS }, GRAPHQL, ...headers),
      post('{', ...headers),
      post(VOIDING, ...headers),
    ])
      await expectSame(ways, bytes);
  });

  it.each(['reader', 'writer'])('to mutations of a %s', async (name) => {
    const key = own(`key-of-${name}`);
    for (const headers of [[key], [key, GRAPHQL]])
      for (const bytes of [post(VOIDING, ...headers), get(VOIDING, ...headers)]) {
        await expectSame(ways, bytes);
        await expectSame(ways, bytes);
      }
  });

  it.each(['https://app.example.com', 'https://evil.example.com', 'null', ''])(
    'to pages of %j',
    async (origin) => {
      const from: RawHeader = ['Origin', origin];
      for (const headers of [[reader, from], [from]])
        for (const bytes of [
          post({ query: PROVIDERS }, ...headers),
          get({ query: PROVIDERS }, ...headers),
          get({ query: PROVIDERS }, GRAPHQL, ...headers),
        ])
          await expectSame(ways, bytes);
    },
  );
});

describe.each([
  { title: 'persisted operations are off', env: { PERSISTED_OPERATIONS: 'off' } },
  { title: 'nobody may ask for the schema', env: { INTROSPECTION: 'off' } },
  {
    title: 'little may be asked for',
    env: {
      MAX_NODES: '3',
      MAX_UPSTREAM_CALLS: '2',
      MAX_DEPTH: '4',
      MAX_BODY_BYTES: '1024',
      PERSISTED_OPERATIONS: 'off',
    },
  },
])('they are the same where $title', ({ env }) => {
  it('to ids, documents and what the documents show', async () => {
    const ways = await startBothWays({ env });
    await expectSameTwice(ways, [...REQUESTS_BY_ID, ...SHOWN_REQUESTS]);
    await ways.stop();
  });
});

describe('where only persisted operations are taken, they are the same', () => {
  it('to ids, documents and the operations of an app', async () => {
    const ways = await startBothWays({ env: { PERSISTED_OPERATIONS: 'only' } });
    await expectSameTwice(ways, [...REQUESTS_BY_ID, ...SHOWN_REQUESTS]);
    const free = await startBothWays();
    for (const { bytes } of await requestsOfPersisted(free.gateways[0])) await expectSame(ways, bytes);
    await Promise.all(free.gateways.map((gateway) => gateway.stop()));
    await ways.stop();
  });
});

describe('while an upstream fails, they are the same', () => {
  let fault: SandboxFault | undefined;
  let ways: BothWays;
  beforeAll(async () => {
    const onRequest = () => fault;
    // Without a breaker, so that nothing hangs on when a request comes.
    const env = { UPSTREAM_TIMEOUT_MS: '100', UPSTREAM_BREAK_MS: '0' };
    ways = await startBothWays({ metronome: { onRequest }, env }, false);
    await expectSameTwice(ways, [{ bytes: post({ query: ACCOUNT }) }, { bytes: post({ query: CUSTOMERS }) }]);
  });
  afterAll(() => ways.stop());

  it.each(OUTAGES)('where it $title', async (outage) => {
    fault = outage.fault;
    for (const headers of [[], [GRAPHQL]])
      for (const query of [ACCOUNT, CUSTOMERS]) {
        await expectSame(ways, post({ query }, ...headers));
        await expectSame(ways, get({ query }, ...headers));
      }
  });
});

describe('a caller that asks for too much', () => {
  it('is refused after the same number of requests', async () => {
    const ways = await startBothWays({ env: { RATE_LIMIT_PER_MINUTE: '3' } });
    const statuses: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      const [answer] = await expectSame(ways, post({ query: PROVIDERS }));
      statuses.push(answer?.statusLine ?? '');
    }
    await expectSame(ways, get({ query: PROVIDERS }));
    await ways.stop();
    expect(statuses.map((status) => status.slice(9, 12))).toEqual(['200', '200', '200', '429', '429']);
  });
});

describe.each([true, false])('a client that goes away (answered directly: %s)', (answersDirectly) => {
  it.each([
    ['POST', post({ query: CUSTOMERS })],
    ['GET', get({ query: CUSTOMERS })],
  ])('ends the upstream reads of its %s', async (_method, bytes) => {
    const metronome = await startMetronomeSandbox();
    const held = await startHeldUpstream(metronome.url);
    const gateway = await startTestGateway({
      answersDirectly,
      env: {
        METRONOME_API_URL: held.url,
        METRONOME_API_TOKEN: metronome.token,
        // What ends the reads is nothing but the client.
        UPSTREAM_TIMEOUT_MS: '600000',
        REQUEST_TIMEOUT_MS: '600000',
      },
    });
    // So that the document is known.
    await gateway.data(CUSTOMERS);
    held.hold(/./);
    const connection = await openRawConnection(gateway.url);
    connection.write(bytes.toString());
    await held.waited(1);
    connection.socket.destroy();
    await held.givenUp(1);
    held.release();
    expect(await gateway.answer(PROVIDERS)).not.toHaveProperty('errors');
    await gateway.stop();
    await held.close();
    await metronome.close();
  });
});
