import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { startGatewayProcess, startInVain, type GatewayProcess } from '../support/gateway-process.ts';
import { optional } from '../support/wire-row.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { refusal, UPSTREAM_CANARY } from '../support/upstream-outages.ts';

describe('a gateway without any configuration', () => {
  let gateway: GatewayProcess;
  let firstAnswer: unknown;
  let firstAnswerMs = Infinity;
  beforeAll(async () => {
    const started = performance.now();
    // Any free port: nothing else is set, and the port that stands by default may be taken.
    gateway = await startGatewayProcess({ PORT: '0' });
    firstAnswer = await gateway.answer('{ customers(first: 5) { nodes { name } } }');
    firstAnswerMs = performance.now() - started;
  });
  afterAll(() => gateway.kill());

  it('answers a first query within seconds', () => {
    expect(pickList(firstAnswer, 'data', 'customers', 'nodes')).toHaveLength(5);
    expect(firstAnswerMs).toBeLessThan(8000);
  });

  it('says where it listens, and that sandboxes stand in for both systems', () => {
    expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(gateway.output()).toMatch(/No token for Metronome: its sandbox stands in/);
    expect(gateway.output()).toMatch(/No token for Maple: its sandbox stands in/);
  });

  it('prints a query to try, which works', async () => {
    const [, query = ''] = gateway.output().split('A query to try:\n');
    expect(query).toContain('account(identifier:');
    const answer = await gateway.answer(query);
    expect(optional(answer, 'errors')).toBeNull();
    expect(pickText(answer, 'data', 'account', 'name')).toBe('Orchard Labs');
  });

  it('tells clients that it is a sandbox', async () => {
    const answer = await gateway.answer('{ providers { provider status sandbox } }');
    expect(pick(answer, 'data', 'providers')).toEqual([
      { provider: 'METRONOME', status: 'UP', sandbox: true },
      { provider: 'MAPLE', status: 'UP', sandbox: true },
    ]);
  });

  it('is alive and ready', async () => {
    for (const probe of ['livez', 'readyz']) {
      const response = await fetch(new URL(`/${probe}`, gateway.url));
      expect({ probe, status: response.status, text: await response.text() }).toEqual({
        probe,
        status: 200,
        text: 'ok\n',
      });
    }
    expect((await fetch(new URL('/elsewhere', gateway.url))).status).toBe(404);
  });

  it('ends with 0 on SIGTERM', async () => {
    gateway.signal('SIGTERM');
    expect(await gateway.exitCode()).toBe(0);
  });
});

describe('a gateway with wrong configuration', () => {
  it('names every fault at once, shows no value, and exits with 78', async () => {
    const { exitCode, stdout, stderr } = await startInVain({
      PORT: 'canary-port',
      METRONOME_API_URL: 'canary-url',
      MAPLE_API_URL: 'ftp://canary.example.com',
      MAPLE_COMPANY_ID: 'canary-company',
      UPSTREAM_TIMEOUT_MS: '-7041',
      GATEWAY_API_KEYS: 'canary-key',
      LOG_LEVEL: 'canary-level',
    });
    expect(exitCode).toBe(78);
    for (const name of [
      'PORT',
      'METRONOME_API_URL',
      'MAPLE_API_URL',
      'MAPLE_COMPANY_ID',
      'UPSTREAM_TIMEOUT_MS',
      'GATEWAY_API_KEYS',
      'LOG_LEVEL',
    ]) {
      expect(stderr).toMatch(new RegExp(`^- ${name}:`, 'm'));
    }
    expect(stdout + stderr).not.toMatch(/canary|7041|ftp:/);
    expect(stdout).toBe('');
  });

  it('asks in production for tokens, company and keys', async () => {
    const { exitCode, stderr } = await startInVain({ NODE_ENV: 'production', PORT: '0' });
    expect(exitCode).toBe(78);
    for (const name of ['METRONOME_API_TOKEN', 'MAPLE_API_TOKEN', 'MAPLE_COMPANY_ID', 'GATEWAY_API_KEYS']) {
      expect(stderr).toContain(`- ${name}:`);
    }
  });
});

describe('a gateway with tokens and keys', () => {
  const faults = createFaultSwitch();
  let metronome: SandboxServer;
  let maple: SandboxServer & { readonly companyId: string };
  const KEY = 'a-key-of-a-client';
  const environment = (): Record<string, string> => ({
    PORT: '0',
    METRONOME_API_URL: metronome.url,
    METRONOME_API_TOKEN: metronome.token,
    MAPLE_API_URL: maple.url,
    MAPLE_API_TOKEN: maple.token,
    MAPLE_COMPANY_ID: maple.companyId,
    LOG_LEVEL: 'trace',
  });
  beforeAll(async () => {
    metronome = await startMetronomeSandbox({ onRequest: faults.onRequest });
    maple = await startMapleSandbox();
  });
  afterAll(() => Promise.all([metronome.close(), maple.close()]));

  it('finishes a running request on SIGTERM, welcomes no other, and exits with 0', async () => {
    const gateway = await startGatewayProcess(environment());
    try {
      const reached = new Promise<void>((resolve) => {
        faults.turnOn(() => {
          resolve();
          return { kind: 'delay', delayMs: 1000 };
        });
      });
      const running = gateway.answer(
        '{ customers(first: 3, filter: { providers: [METRONOME] }) { nodes { name } } }',
      );
      await reached;
      gateway.signal('SIGTERM');
      await gateway.said('draining');
      const isReady = await fetch(new URL('/readyz', gateway.url)).then(
        ({ ok }) => ok,
        () => false,
      );
      expect(isReady).toBe(false);
      const answer = await running;
      expect(optional(answer, 'errors')).toBeNull();
      expect(pickList(answer, 'data', 'customers', 'nodes')).toHaveLength(3);
      const answered = performance.now();
      expect(await gateway.exitCode()).toBe(0);
      expect(performance.now() - answered).toBeLessThan(2000);
    } finally {
      faults.turnOff();
      await gateway.kill();
    }
  });

  it('lets nobody in without a key, but for probes', async () => {
    const hash = createHash('sha256').update(KEY).digest('hex');
    const gateway = await startGatewayProcess({ ...environment(), GATEWAY_API_KEYS: `client:read:${hash}` });
    try {
      const ask = (headers: Record<string, string>): Promise<Response> =>
        fetch(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{"query":"{ __typename }"}',
        });
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { 'x-api-key': hash },
        { authorization: `Basic ${KEY}` },
      ]) {
        const refused = await ask(headers);
        expect(refused.status).toBe(401);
        expect(pickText(await refused.json(), 'errors', 0, 'extensions', 'code')).toBe('UNAUTHENTICATED');
      }
      for (const headers of [{ authorization: `Bearer ${KEY}` }, { 'x-api-key': KEY }]) {
        expect((await ask(headers)).status).toBe(200);
      }
      expect((await fetch(new URL('/livez', gateway.url))).status).toBe(200);
    } finally {
      await gateway.kill();
    }
  });

  it('logs nothing of tokens, keys, addresses and bodies when an upstream fails', async () => {
    const gateway = await startGatewayProcess(environment());
    try {
      const startedWith = gateway.output().length;
      for (const fault of [
        refusal(500),
        refusal(401),
        { kind: 'reset' } as const,
        { kind: 'answer', status: 200, body: UPSTREAM_CANARY } as const,
      ]) {
        faults.turnOn(fault);
        const answer = await gateway.answer(
          '{ customers { nodes { name } } account(identifier: "acct_1001") { name } }',
        );
        expect(pickList(answer, 'errors').length).toBeGreaterThan(1);
      }
      gateway.signal('SIGTERM');
      expect(await gateway.exitCode()).toBe(0);
      const logged = gateway.output().slice(startedWith);
      expect(logged).toContain('draining');
      for (const secret of [
        UPSTREAM_CANARY,
        metronome.token,
        maple.token,
        new URL(metronome.url).host,
        new URL(maple.url).host,
      ]) {
        expect(logged).not.toContain(secret);
      }
    } finally {
      faults.turnOff();
      await gateway.kill();
    }
  });
});
