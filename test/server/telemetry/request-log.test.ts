import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { operationIds } from '../../clients/operation-ids.ts';
import { createFaultSwitch } from '../../support/fault-switch.ts';
import { createLogLines, type LogLines } from '../../support/log-lines.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { refusal } from '../../support/upstream-outages.ts';

const CUSTOMERS = '{ customers(first: 3, filter: { providers: [METRONOME] }) { nodes { name } } }';
/** Of the committed manifest. */
const PLAN_CATALOGUE = operationIds.get('PlanCatalogue') ?? '';

describe('the log', () => {
  const faults = createFaultSwitch();
  let gateway: TestGateway;
  let log: LogLines;
  beforeAll(async () => {
    log = createLogLines();
    gateway = await startTestGateway({ metronome: { onRequest: faults.onRequest }, logger: log.logger });
  });
  afterAll(() => gateway.stop());
  afterEach(() => faults.turnOff());

  /** Sends a request and gives all lines about it. */
  async function linesAbout(
    id: string,
    { path = '/graphql', ...request }: RequestInit & { readonly path?: string },
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const headers = { 'x-request-id': id, 'content-type': 'application/json' };
    const response = await fetch(new URL(path, gateway.url), { headers, ...request });
    await response.text();
    await log.said(`"request":"${id}"`);
    const lines = [...log.saying('upstream call failed'), ...log.saying('request')];
    return lines
      .filter(({ request: about }) => about === id)
      .map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'ms')));
  }

  const post = (query: string) => ({ method: 'POST', body: JSON.stringify({ query }) });

  it('has one line for a request, with facts alone', async () => {
    expect(await linesAbout('a-query', post(CUSTOMERS))).toEqual([
      {
        level: 30,
        request: 'a-query',
        method: 'POST',
        status: 200,
        operationType: 'query',
        upstreamCalls: 1,
      },
    ]);
    const [line] = log.saying('request').slice(-1);
    expect(line?.['ms']).toEqual(expect.any(Number));
  });

  it('names an operation of a manifest', async () => {
    const path = `/graphql?documentId=${PLAN_CATALOGUE}&variables={"first":1}`;
    expect(await linesAbout('a-persisted-one', { path })).toMatchObject([
      { method: 'GET', operationType: 'query', operationName: 'PlanCatalogue' },
    ]);
  });

  it('names no operation of a client', async () => {
    const [line] = await linesAbout('a-free-one', post('query PlantedName { __typename }'));
    expect(line).not.toHaveProperty('operationName');
    expect(log.lines().join()).not.toContain('PlantedName');
  });

  it('tells the codes of errors, each once', async () => {
    expect(await linesAbout('an-invalid-one', post('{ nope, neither }'))).toEqual([
      {
        level: 30,
        request: 'an-invalid-one',
        method: 'POST',
        status: 200,
        errors: ['BAD_USER_INPUT'],
        upstreamCalls: 0,
      },
    ]);
  });

  it('tells the codes of errors in parts that come later', async () => {
    faults.turnOn(refusal(500));
    const query = `{ providers { provider } ... @defer { ${CUSTOMERS.slice(1)} }`;
    const headers = {
      'x-request-id': 'a-deferred-one',
      'content-type': 'application/json',
      accept: 'multipart/mixed; deferSpec=20220824',
    };
    const lines = await linesAbout('a-deferred-one', { ...post(query), headers });
    expect(lines.slice(0, -1)).toMatchObject([1, 2, 3].map(() => ({ code: 'UPSTREAM_UNAVAILABLE' })));
    expect(lines.at(-1)).toMatchObject({ errors: ['UPSTREAM_UNAVAILABLE'] });
  });

  it('has a line of its own for every failure of an upstream, with the id of the request', async () => {
    faults.turnOn(refusal(503));
    expect(await linesAbout('an-unlucky-one', post(CUSTOMERS))).toEqual([
      ...[1, 2, 3].map((attempt) => ({
        level: 40,
        request: 'an-unlucky-one',
        provider: 'METRONOME',
        operation: 'listCustomers',
        attempt,
        code: 'UPSTREAM_UNAVAILABLE',
        status: 503,
      })),
      expect.objectContaining({ level: 30, errors: ['UPSTREAM_UNAVAILABLE'], upstreamCalls: 3 }),
    ]);
  });

  it('tells that no status came', async () => {
    faults.turnOn({ kind: 'reset' });
    expect(await linesAbout('a-reset-one', post(CUSTOMERS))).toMatchObject([
      ...[1, 2, 3].map((attempt) => ({ attempt, code: 'UPSTREAM_UNAVAILABLE', status: null })),
      {},
    ]);
  });

  it('has the id of the request in the line about an unexpected error, without its message', async () => {
    const lines = createLogLines();
    const onExecute = (): never => {
      throw new RangeError('planted in a message');
    };
    const faulty = await startTestGateway({ logger: lines.logger, plugins: [{ onExecute }] });
    try {
      await fetch(`${faulty.url}?query={__typename}`, { headers: { 'x-request-id': 'a-fault' } });
      expect(lines.saying('unexpected error')).toMatchObject([{ request: 'a-fault', error: 'RangeError' }]);
      expect(lines.lines().join()).not.toContain('planted in a message');
    } finally {
      await faulty.stop();
    }
  });

  it('tells probes and scrapes at debug level only', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) {
      expect(await linesAbout(`probe-${path.slice(1)}`, { path })).toMatchObject([
        { level: 20, status: 200 },
      ]);
    }
  });

  it('tells of a client that went away before it had an answer', async () => {
    const reached = Promise.withResolvers<undefined>();
    faults.turnOn(() => {
      reached.resolve(undefined);
      return { kind: 'hang' };
    });
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const body = JSON.stringify({ query: CUSTOMERS });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-Id: a-lost-one\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await reached.promise;
    socket.destroy();
    await log.said('"request":"a-lost-one"');
    expect(log.saying('request').at(-1)).toMatchObject({ request: 'a-lost-one', status: null, cutOff: true });
    expect(log.saying('upstream call failed').filter(({ request }) => request === 'a-lost-one')).toEqual([]);
  });
});

describe('the id of a request', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  async function idOf(id?: string): Promise<string | null> {
    const headers = id === undefined ? {} : { 'x-request-id': id };
    const response = await fetch(`${gateway.url}?query={__typename}`, { headers });
    return response.headers.get('x-request-id');
  }

  it.each(['a', 'A-b_c.9', '0'.repeat(64)])('is the one that the client sent: %s', async (id) => {
    expect(await idOf(id)).toBe(id);
  });

  it.each(['a b', 'a"b', 'a/b', '0'.repeat(65), 'é', 'a,b', '{}'])(
    'is a new one where the client sent %j',
    async (id) => {
      expect(await idOf(Buffer.from(id).toString('latin1'))).toMatch(/^[\da-f-]{36}$/);
    },
  );

  it('is a new one where the client sent none', async () => {
    const ids = [await idOf(), await idOf()];
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('stands in every answer, also in a refusal', async () => {
    const headers = { 'x-request-id': 'mine' };
    for (const path of ['/livez', '/elsewhere', '/graphql', '/graphql?query={nope}']) {
      const response = await fetch(new URL(path, gateway.url), { headers });
      expect([path, response.headers.get('x-request-id')]).toEqual([path, 'mine']);
    }
  });

  it('may be read by the pages of an origin that is let in', async () => {
    const open = await startTestGateway({ env: { CORS_ORIGINS: 'https://app.example.com' } });
    try {
      const headers = { origin: 'https://app.example.com' };
      const response = await fetch(`${open.url}?query={__typename}`, { headers });
      expect(response.headers.get('access-control-expose-headers')).toContain('x-request-id');
    } finally {
      await open.stop();
    }
  });
});
