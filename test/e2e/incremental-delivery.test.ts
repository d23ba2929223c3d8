import type { Plugin } from 'graphql-yoga';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import type { GatewayContext } from '../../src/server/gateway-context.ts';
import { askForParts, nextPart, remainingParts } from '../support/answer-parts.ts';
import { countDocumentWork } from '../support/document-work.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { startHeldUpstream, type HeldUpstream } from '../support/held-upstream.ts';
import { createLogLines } from '../support/log-lines.ts';
import {
  codegenManifest,
  createManifestFolder,
  sha256,
  type ManifestFolder,
} from '../support/manifest-folder.ts';
import { sendOperation } from '../support/operation-request.ts';
import { pick } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { refusal } from '../support/upstream-outages.ts';

const WINDOW = 'from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z"';
const COSTS = `costs(${WINDOW}, first: 2) { nodes { provider } pageInfo { endCursor } failures { provider code } }`;
const IN_PARTS = `query InParts { account(identifier: "acct_1001") { name ... @defer(label: "costs") { ${COSTS} } } }`;
const WHOLE = `query InParts { account(identifier: "acct_1001") { name ${COSTS} } }`;
const FIRST = { data: { account: { name: 'Orchard Labs' } }, hasNext: true };
const COST_CALLS = /\/costs/;

describe('costs that are deferred', () => {
  let metronome: SandboxServer;
  let held: HeldUpstream;
  let gateway: TestGateway;
  let folder: ManifestFolder;
  const work = countDocumentWork();
  const deadlines: GatewayContext['deadline'][] = [];
  const ended = new Set<GatewayContext['deadline']>();
  const watching: Plugin = {
    onExecute({ args }) {
      const { deadline } = contextOf(args);
      const end = deadline.end.bind(deadline);
      deadlines.push(deadline);
      deadline.end = () => {
        ended.add(deadline);
        end();
      };
    },
  };
  beforeAll(async () => {
    metronome = await startMetronomeSandbox();
    held = await startHeldUpstream(metronome.url);
    folder = await createManifestFolder();
    gateway = await startTestGateway({
      env: {
        METRONOME_API_URL: held.url,
        METRONOME_API_TOKEN: metronome.token,
        PERSISTED_OPERATIONS_PATH: await folder.write('a.json', codegenManifest([IN_PARTS])),
      },
      plugins: [work.plugin, watching],
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await held.close();
    await metronome.close();
    await folder.remove();
  });
  beforeEach(() => {
    deadlines.length = 0;
    work.spent();
  });
  afterEach(() => held.release());

  it('do not keep the rest waiting, and come as soon as they are there', async () => {
    held.hold(COST_CALLS);
    const answer = await askForParts(gateway.url, { query: IN_PARTS });
    expect(await nextPart(answer)).toEqual(FIRST);
    await held.waited(1);
    expect(ended).not.toContain(deadlines[0]);
    held.release();
    const whole = await gateway.data(WHOLE);
    const costs = pick(whole, 'account', 'costs');
    expect(await remainingParts(answer)).toEqual([
      { incremental: [{ path: ['account'], label: 'costs', data: { costs } }], hasNext: false },
    ]);
    expect(ended).toContain(deadlines[0]);
  });

  it('are read by the same calls as others', async () => {
    metronome.requests.length = 0;
    await gateway.data(WHOLE);
    const others = metronome.requests.map(({ path }) => path);
    metronome.requests.length = 0;
    await remainingParts(await askForParts(gateway.url, { query: IN_PARTS }));
    expect(metronome.requests.map(({ path }) => path).toSorted()).toEqual(others.toSorted());
  });

  it('are given up when the client goes away', async () => {
    held.hold(COST_CALLS);
    const leaving = new AbortController();
    const answer = await askForParts(gateway.url, { query: IN_PARTS }, leaving.signal);
    await nextPart(answer);
    await held.waited(2);
    leaving.abort();
    await held.givenUp(1);
    expect(deadlines[0]?.signal.aborted).toBe(true);
    held.release();
    expect(await gateway.data('{ providers { provider } }')).toHaveProperty('providers');
  });

  it('come in parts by the id of a persisted operation, without a parse or a validation', async () => {
    const answer = await askForParts(gateway.url, { documentId: sha256(IN_PARTS) });
    expect(await remainingParts(answer)).toMatchObject([FIRST, { incremental: [{ label: 'costs' }] }]);
    await sendOperation(gateway.url, 'POST', { documentId: sha256(IN_PARTS) });
    expect(work.spent()).toEqual({ parsed: 0, validated: 0 });
  });

  it.each(['application/json', 'application/graphql-response+json', '*/*'])(
    'are in the one answer of a client that takes %s',
    async (accept) => {
      const { status, headers, body } = await sendOperation(
        gateway.url,
        'POST',
        { query: IN_PARTS },
        { accept },
      );
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('json');
      expect(body).toEqual({ data: await gateway.data(WHOLE) });
    },
  );

  it('are in the one answer where the condition of the directive does not hold', async () => {
    const query = IN_PARTS.replace('label: "costs"', 'if: false');
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await answer.json()).toEqual({ data: await gateway.data(WHOLE) });
  });

  it('come as events to a client that takes those', async () => {
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: IN_PARTS }),
    });
    const events = [...(await answer.text()).matchAll(/^data: (.+)$/gm)].map(([, data = '']): unknown =>
      JSON.parse(data),
    );
    expect(events).toMatchObject([FIRST, { incremental: [{ label: 'costs' }], hasNext: false }]);
  });

  it('are kept by no cache in parts, and by none for long in one answer', async () => {
    const address = `${gateway.url}?${new URLSearchParams({ documentId: sha256(IN_PARTS) }).toString()}`;
    const controls: (string | null)[] = [];
    for (const accept of ['multipart/mixed, application/json', 'application/json']) {
      const { headers, body } = await fetch(address, { headers: { accept } });
      await body?.cancel();
      controls.push(headers.get('cache-control'));
    }
    expect(controls).toEqual(['no-store', 'private, no-cache']);
  });
});

describe('failures of what is deferred', () => {
  const CANARY = 'canary-of-a-fault';
  const metronome = createFaultSwitch();
  const log = createLogLines();
  let isBroken = false;
  const breaking: Plugin = {
    onExecute({ args }) {
      if (!isBroken) return;
      Object.assign(contextOf(args), {
        cursors: {
          encode() {
            throw new TypeError(CANARY);
          },
        },
      });
    },
  };
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({
      metronome: { onRequest: metronome.onRequest },
      plugins: [breaking],
      logger: log.logger,
    });
  });
  afterAll(() => gateway.stop());
  afterEach(() => {
    metronome.turnOff();
    isBroken = false;
  });

  const partsOf = async (query: string) => remainingParts(await askForParts(gateway.url, { query }));
  const failure = (path: readonly string[]) => ({
    path,
    extensions: { code: 'UPSTREAM_UNAVAILABLE', provider: 'METRONOME' },
  });
  const failCosts = (): void =>
    metronome.turnOn(({ path }) => (COST_CALLS.test(path) ? refusal(503) : undefined));

  it('of one system are located in their part, beside what the other one gives', async () => {
    failCosts();
    const [first, second] = await partsOf(IN_PARTS);
    expect(first).toEqual(FIRST);
    expect(second).toMatchObject({
      incremental: [
        {
          data: { costs: { failures: [{ provider: 'METRONOME', code: 'UPSTREAM_UNAVAILABLE' }] } },
          errors: [failure(['account', 'costs'])],
        },
      ],
      hasNext: false,
    });
  });

  it('are in the log by their codes', async () => {
    failCosts();
    const { headers, parts } = await askForParts(gateway.url, { query: IN_PARTS });
    await Array.fromAsync(parts);
    const request = headers.get('x-request-id') ?? 'no id';
    await log.said(`"request":"${request}","method"`);
    expect(log.saying('request').find((line) => line['request'] === request)).toMatchObject({
      errors: ['UPSTREAM_UNAVAILABLE'],
    });
  });

  it('of a sum are located where it is null', async () => {
    failCosts();
    const query = IN_PARTS.replace(COSTS, `costTotals(${WINDOW}) { amount }`);
    const [, second] = await partsOf(query);
    expect(second).toMatchObject({
      incremental: [{ data: { costTotals: null }, errors: [failure(['account', 'costTotals'])] }],
    });
  });

  it('of what is not deferred are in the first part alone', async () => {
    metronome.turnOn(({ path }) => (COST_CALLS.test(path) ? undefined : refusal(503)));
    const [first, second] = await partsOf(IN_PARTS);
    expect(first).toMatchObject({ data: FIRST.data, errors: [failure(['account'])] });
    expect(second).toHaveProperty('incremental.0.errors.0.path', ['account', 'costs']);
    expect(second).not.toHaveProperty('incremental.0.errors.1');
  });

  it('that nobody expects are masked', async () => {
    isBroken = true;
    const [, second] = await partsOf(IN_PARTS);
    expect(second).toMatchObject({
      incremental: [
        { errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
      ],
    });
    expect(JSON.stringify(second)).not.toContain(CANARY);
  });
});

function contextOf({ contextValue }: { readonly contextValue?: unknown }): GatewayContext {
  if (!isGatewayContext(contextValue)) throw new TypeError('there is no context');
  return contextValue;
}

function isGatewayContext(value: unknown): value is GatewayContext {
  return typeof value === 'object' && value !== null && 'deadline' in value;
}
