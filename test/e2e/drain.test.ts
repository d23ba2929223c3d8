import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { startMapleSandbox, type MapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { openRawConnection, rawPost } from '../support/raw-connection.ts';

const NAMES = JSON.stringify({ query: '{ customers(first: 2) { nodes { name } } }' });
const ANSWER = /HTTP\/1\.1 200 OK\r\n[^]*"data":\{"customers":\{"nodes":\[\{"name":/;

/** Asks for an answer that is larger than what sockets keep on their way. */
function largeQuery(): string {
  const alias = (index: number): string => `a${index}${'x'.repeat(45_000)}`;
  const fields = [0, 1, 2, 3].map((index) => `${alias(index)}: name`).join(' ');
  return JSON.stringify({ query: `{ customers(first: 100) { nodes { ${fields} } } }` });
}

const faults = createFaultSwitch();
let metronome: SandboxServer;
let maple: MapleSandbox;
beforeAll(async () => {
  metronome = await startMetronomeSandbox({ onRequest: faults.onRequest });
  maple = await startMapleSandbox();
});
afterAll(() => Promise.all([metronome.close(), maple.close()]));

let gateway: GatewayProcess;
async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  gateway = await startGatewayProcess({
    PORT: '0',
    METRONOME_API_URL: metronome.url,
    METRONOME_API_TOKEN: metronome.token,
    MAPLE_API_URL: maple.url,
    MAPLE_API_TOKEN: maple.token,
    MAPLE_COMPANY_ID: maple.companyId,
    IDEMPOTENCY_PATH: ':memory:',
    ...env,
  });
}
afterEach(async () => {
  faults.turnOff();
  await gateway.kill();
});

/** Lets Metronome keep its answers back; resolves when a request has come. */
function holdUpstream(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    faults.turnOn(() => {
      resolve();
      return { kind: 'delay', delayMs };
    });
  });
}

async function sendSigterm(): Promise<void> {
  gateway.signal('SIGTERM');
  await gateway.said('draining');
}

describe('a gateway that gets SIGTERM', () => {
  beforeEach(() => start());

  it('answers all that it has accepted, at whatever point it is, and ends with 0', async () => {
    const { head, body } = rawPost(NAMES);
    const opened = () => openRawConnection(gateway.url);
    const [silent, halfHead, halfBody, large, kept, reused, sent, waiting] = await Promise.all([
      opened(),
      opened(),
      opened(),
      opened(),
      opened(),
      opened(),
      opened(),
      opened(),
    ]);
    for (const connection of [kept, reused]) {
      connection.write(head + body);
      await connection.said('"nodes"');
    }
    const largePost = rawPost(largeQuery());
    large.write(largePost.head + largePost.body);
    await large.said('HTTP/1.1 200');
    large.socket.pause();
    halfHead.write(head.slice(0, 30));
    halfBody.write(head + body.slice(0, 10));
    const reached = holdUpstream(1000);
    waiting.write(head + body);
    await reached;
    reused.write(head + body);
    sent.write(head + body);
    await sendSigterm();
    silent.write(head + body);
    halfHead.write(head.slice(30) + body);
    halfBody.write(body.slice(10));
    const ready = await fetch(new URL('/readyz', gateway.url));
    expect([ready.status, await ready.text()]).toEqual([503, 'draining\n']);
    expect((await fetch(new URL('/livez', gateway.url))).status).toBe(200);
    large.socket.resume();
    const answers = { silent, halfHead, halfBody, sent, waiting };
    for (const connection of Object.values(answers)) expect(await connection.ended()).toMatch(ANSWER);
    expect((await reused.ended()).match(/"nodes"/g), 'reused').toHaveLength(2);
    expect((await kept.ended()).match(/"nodes"/g), 'kept').toHaveLength(1);
    const largeAnswer = await large.ended();
    expect(largeAnswer.length).toBeGreaterThan(15_000_000);
    expect(largeAnswer.endsWith(']}}}')).toBe(true);
    expect(await gateway.exitCode()).toBe(0);
  });

  it('ends at once, with the code of the signal, when another one comes', async () => {
    const reached = holdUpstream(10_000);
    const answer = gateway.answer('{ customers(first: 2) { nodes { name } } }').catch(() => 'cut off');
    await reached;
    await sendSigterm();
    gateway.signal('SIGINT');
    expect(await gateway.exitCode()).toBe(130);
    expect(await answer).toBe('cut off');
  });
});

describe('a gateway with little time to drain', () => {
  it('cuts off a client that hangs, says so, and ends with 0', async () => {
    await start({ DRAIN_TIMEOUT_MS: '300' });
    const connection = await openRawConnection(gateway.url);
    connection.write(rawPost(NAMES).head);
    await sendSigterm();
    expect(await gateway.exitCode()).toBe(0);
    expect(await connection.ended()).toBe('');
    expect(gateway.output()).toContain('"connections":1');
  });
});

describe('a gateway with an error that nobody catches', () => {
  it.each([
    ['uncaughtException', "throw new RangeError('planted-message')"],
    ['unhandledRejection', "Promise.reject(new RangeError('planted-message'))"],
  ])('logs %s without its message, answers what it has accepted, and ends with 1', async (origin, fault) => {
    const code = `process.on('SIGUSR2', () => { ${fault}; });`;
    await start({
      NODE_OPTIONS: `--import=data:text/javascript;base64,${Buffer.from(code).toString('base64')}`,
    });
    const reached = holdUpstream(500);
    const connection = await openRawConnection(gateway.url);
    const { head, body } = rawPost(NAMES);
    connection.write(head + body);
    await reached;
    gateway.signal('SIGUSR2');
    expect(await connection.ended()).toMatch(ANSWER);
    expect(await gateway.exitCode()).toBe(1);
    expect(gateway.output()).toContain(`"origin":"${origin}","error":"RangeError"`);
    expect(gateway.output()).not.toContain('planted-message');
  });
});
