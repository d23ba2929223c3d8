import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { CANARIES, plantedRequests, type PlantedRequest } from '../support/canary-requests.ts';
import { startCanaryUpstream, type CanaryUpstream, type PlantedFault } from '../support/canary-upstream.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { startTraceCollector, type TraceCollector } from '../support/trace-collector.ts';
import { optional } from '../support/wire-row.ts';

const { upstream: planted } = CANARIES;
const answering =
  (
    status: number,
    body: string,
    headers: Readonly<Record<string, string>> = {},
    phrase = 'x',
  ): PlantedFault =>
  (_, response) =>
    response.writeHead(status, phrase, headers).end(body);

const FAULTS: Readonly<Record<string, PlantedFault | null>> = {
  none: null,
  failure: answering(500, JSON.stringify({ message: planted }), { [planted]: planted }, planted),
  refusal: answering(400, JSON.stringify({ error: planted }), {}, planted),
  'refused token': answering(401, planted),
  'rate limit': answering(429, planted, { 'retry-after': planted }),
  redirect: answering(302, '', { location: `https://${planted}.example.com/` }),
  page: answering(200, `<html>${planted}`, { 'content-type': 'text/html' }),
  'half a body': answering(200, `{"data":[{"id":"${planted}"`),
  'another shape': answering(200, JSON.stringify({ data: [{ [planted]: planted }], results: [planted] })),
  'another encoding': answering(200, planted, { 'content-encoding': planted }),
  'no HTTP': (request) => request.socket.end(`${planted}\r\n\r\n`),
  reset: (request) => request.socket.resetAndDestroy(),
};

describe('texts that are planted in requests, configuration and upstreams', () => {
  let sandboxes: readonly [SandboxServer, MapleSandbox];
  let metronome: CanaryUpstream;
  let maple: CanaryUpstream;
  let collector: TraceCollector;
  let gateway: GatewayProcess;
  let greeting = '';
  /** All that clients were told besides data. */
  const errors: string[] = [];
  let metrics = '';
  let answers = 0;

  beforeAll(async () => {
    sandboxes = await Promise.all([
      startMetronomeSandbox({ companyCount: 10 }),
      startMapleSandbox({ companyCount: 10 }),
    ]);
    [metronome, maple] = await Promise.all([
      startCanaryUpstream(sandboxes[0], planted),
      startCanaryUpstream(sandboxes[1], planted),
    ]);
    collector = await startTraceCollector();
    const hash = createHash('sha256').update(CANARIES.apiKey).digest('hex');
    gateway = await startGatewayProcess({
      PORT: '0',
      METRONOME_API_URL: metronome.url,
      METRONOME_API_TOKEN: CANARIES.metronomeToken,
      MAPLE_API_URL: maple.url,
      MAPLE_API_TOKEN: CANARIES.mapleToken,
      MAPLE_COMPANY_ID: sandboxes[1].companyId,
      GATEWAY_API_KEYS: `${CANARIES.keyName}:write:${hash}`,
      IDEMPOTENCY_PATH: ':memory:',
      WRITE_SETTLE_MS: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${CANARIES.collectorToken}`,
      LOG_LEVEL: 'trace',
    });
    greeting = gateway.output();
    for (const fault of Object.values(FAULTS)) {
      metronome.play(fault);
      maple.play(fault);
      await Promise.all(plantedRequests().map(send));
    }
    const headers = { authorization: `Bearer ${CANARIES.apiKey}` };
    metrics = await (await fetch(new URL('/metrics', gateway.url), { headers })).text();
    gateway.signal('SIGTERM');
    await gateway.exitCode();
  }, 60_000);
  afterAll(async () => {
    await gateway.kill();
    await Promise.all([metronome.close(), maple.close(), collector.close()]);
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  });

  async function send({ path, method, headers, body }: PlantedRequest): Promise<void> {
    const response = await fetch(new URL(path, gateway.url), { method, headers, body: body ?? null });
    const text = await response.text();
    answers += 1;
    for (const [name, value] of response.headers) errors.push(`${name}: ${value}`);
    errors.push(errorsIn(text));
  }

  /** All of an answer that holds no data. */
  function errorsIn(text: string): string {
    try {
      const answer: unknown = JSON.parse(text);
      const data = optional(answer, 'data');
      return data === null ? text : JSON.stringify(optional(answer, 'errors'));
    } catch {
      return text;
    }
  }

  function hits(text: string): string[] {
    return Object.entries({ ...CANARIES, company: sandboxes[1].companyId, peer: '127.0.0.1' })
      .filter(([, canary]) => text.includes(canary))
      .map(([where]) => where);
  }

  it('have been everywhere', () => {
    expect(answers).toBe(plantedRequests().length * Object.keys(FAULTS).length);
    expect(gateway.output()).toContain('upstream call failed');
    expect(gateway.output().match(/"msg":"request"/g)?.length).toBeGreaterThan(answers / 2);
    expect(metrics).toContain('outcome="UPSTREAM_RATE_LIMITED"');
    expect(errors.join('\n')).toContain('UPSTREAM_INVALID_RESPONSE');
    expect(collector.headers()['authorization']).toBe(CANARIES.collectorToken);
    expect(collector.spans().map(({ name }) => name)).toContain('METRONOME listCustomers');
  });

  it('show in no line of the log', () => {
    expect(hits(gateway.output().slice(greeting.length))).toEqual([]);
  });

  it('show in no metric', () => {
    expect(hits(metrics)).toEqual([]);
  });

  it('show in no span', () => {
    expect(hits(collector.bodies.join())).toEqual([]);
  });

  it('show in no error, but for names in the document of the very client', () => {
    expect(hits(errors.join('\n'))).toEqual(['document']);
  });
});
