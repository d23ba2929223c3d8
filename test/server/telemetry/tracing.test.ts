import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operationIds } from '../../clients/operation-ids.ts';
import { createFaultSwitch } from '../../support/fault-switch.ts';
import { startGatewayProcess } from '../../support/gateway-process.ts';
import { createLogLines } from '../../support/log-lines.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/test-gateway.ts';
import {
  startTraceCollector,
  type CollectedSpan,
  type TraceCollector,
} from '../../support/trace-collector.ts';
import { refusal } from '../../support/upstream-outages.ts';

const CUSTOMERS = '{ customers(first: 3) { nodes { name } } }';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let collector: TraceCollector;
beforeEach(async () => {
  collector = await startTraceCollector();
});
afterEach(() => collector.close());

/** Runs something against a gateway that is traced, and gives all spans of it. */
async function tracesOf(
  action: (gateway: TestGateway) => Promise<unknown>,
  { env, ...options }: TestGatewayOptions = {},
): Promise<readonly CollectedSpan[]> {
  const gateway = await startTestGateway({
    ...options,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env },
  });
  try {
    await action(gateway);
  } finally {
    await gateway.stop();
  }
  return collector.spans();
}

/** The names of spans, each below its parent. */
function tree(spans: readonly CollectedSpan[], parentSpanId = ''): readonly unknown[] {
  return spans
    .filter((span) => span.parentSpanId === parentSpanId)
    .map((span) => {
      const below = tree(spans, span.spanId);
      return below.length === 0 ? span.name : { [span.name]: below };
    });
}

describe('the trace of a request', () => {
  it('leads from the request over the operation to each call of an upstream', async () => {
    const spans = await tracesOf((gateway) => gateway.data(CUSTOMERS));
    expect(tree(spans)).toEqual([
      {
        POST: [
          {
            query: ['parse', 'validate', { execute: ['METRONOME listCustomers', 'MAPLE findCustomers'] }],
          },
        ],
      },
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(spans.find(({ name }) => name === 'POST')).toMatchObject({
      kind: 2,
      attributes: { 'http.request.method': 'POST', 'http.response.status_code': 200 },
      status: 0,
    });
    expect(spans.find(({ name }) => name === 'MAPLE findCustomers')).toMatchObject({
      kind: 3,
      attributes: {
        'gateway.provider': 'MAPLE',
        'gateway.upstream_operation': 'findCustomers',
        'gateway.outcome': 'OK',
        'http.response.status_code': 200,
      },
    });
  });

  it('goes on with the trace of the caller, and takes it to the upstreams', async () => {
    const sent: (string | undefined)[] = [];
    const onRequest = ({ headers }: { readonly headers: Readonly<Record<string, string>> }) => {
      sent.push(headers['traceparent'], headers['tracestate']);
      return undefined;
    };
    const headers = { traceparent: `00-${TRACE_ID}-${CALLER}-01`, tracestate: 'vendor=text' };
    const spans = await tracesOf(
      (gateway) => fetch(`${gateway.url}?query=${encodeURIComponent(CUSTOMERS)}`, { headers }),
      { metronome: { onRequest } },
    );
    expect(spans.find(({ name }) => name === 'GET')).toMatchObject({
      traceId: TRACE_ID,
      parentSpanId: CALLER,
    });
    const call = spans.find(({ name }) => name === 'METRONOME listCustomers');
    expect(sent).toEqual([`00-${TRACE_ID}-${call?.spanId ?? ''}-01`, undefined]);
    expect(collector.bodies.join()).not.toContain('vendor=text');
  });

  it('is not sent where the caller keeps none', async () => {
    const headers = { traceparent: `00-${TRACE_ID}-${CALLER}-00` };
    expect(await tracesOf((gateway) => fetch(`${gateway.url}?query={__typename}`, { headers }))).toEqual([]);
  });

  it.each([
    `00-${'0'.repeat(32)}-${CALLER}-01`,
    `00-${TRACE_ID}-01`,
    'canary',
    `ff-${TRACE_ID}-${CALLER}-01`,
  ])('begins anew where the header is %s', async (traceparent) => {
    const spans = await tracesOf((gateway) =>
      fetch(`${gateway.url}?query={__typename}`, { headers: { traceparent } }),
    );
    const root = spans.find(({ name }) => name === 'GET');
    expect(root?.parentSpanId).toBe('');
    expect(root?.traceId).not.toBe(TRACE_ID);
  });

  it('names a persisted operation, and no other', async () => {
    const spans = await tracesOf(async (gateway) => {
      const id = operationIds.get('PlanCatalogue') ?? '';
      await fetch(`${gateway.url}?documentId=${id}&variables={"first":1}`);
      await gateway.answer('query PlantedName { __typename }');
    });
    expect(spans.map(({ name }) => name)).toContain('query PlanCatalogue');
    expect(spans.map(({ name }) => name)).toContain('query');
    expect(collector.bodies.join()).not.toContain('PlantedName');
  });

  it('tells of a call that failed, and of the codes in the answer', async () => {
    const faults = createFaultSwitch();
    faults.turnOn(refusal(503));
    const spans = await tracesOf((gateway) => gateway.answer(CUSTOMERS), {
      metronome: { onRequest: faults.onRequest },
    });
    expect(spans.find(({ name }) => name === 'METRONOME listCustomers')).toMatchObject({
      status: 2,
      attributes: { 'gateway.outcome': 'UPSTREAM_UNAVAILABLE', 'http.response.status_code': 503 },
    });
    expect(spans.find(({ name }) => name === 'POST')?.attributes).toMatchObject({
      'gateway.error_codes': ['UPSTREAM_UNAVAILABLE'],
    });
  });

  it('ends where a document is refused', async () => {
    const spans = await tracesOf(async (gateway) => {
      await gateway.answer('{ nope }');
      await gateway.answer('{');
    });
    expect(tree(spans)).toEqual([
      { POST: [{ operation: ['parse', 'validate'] }] },
      { POST: [{ operation: ['parse'] }] },
    ]);
  });

  it('is made of no probe and no scrape', async () => {
    const spans = await tracesOf(async (gateway) => {
      for (const path of ['/livez', '/readyz', '/metrics']) await fetch(new URL(path, gateway.url));
    });
    expect(spans).toEqual([]);
  });
});

describe('the collector', () => {
  it('is told the name of the service, and gets the headers that are configured', async () => {
    await tracesOf((gateway) => gateway.data('{ __typename }'), {
      env: {
        OTEL_SERVICE_NAME: 'billing',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20token,x-tenant=one',
      },
    });
    expect(collector.bodies.join()).toContain('{"key":"service.name","value":{"stringValue":"billing"}}');
    expect(collector.headers()).toMatchObject({ authorization: 'Bearer token', 'x-tenant': 'one' });
  });

  it('gets a share of the traces where one is configured', async () => {
    const env = { OTEL_TRACES_SAMPLER_ARG: '0' };
    expect(await tracesOf((gateway) => gateway.data(CUSTOMERS), { env })).toEqual([]);
  });

  it('does not get in the way of answers and of the end when it fails, which the log tells once', async () => {
    collector.answerWith(400);
    const log = createLogLines();
    await tracesOf((gateway) => gateway.data(CUSTOMERS), { logger: log.logger });
    expect(log.saying('traces do not reach the collector')).toHaveLength(1);
    expect(log.lines().join()).not.toContain(new URL(collector.url).host);
  });
});

describe('a collector that hangs', () => {
  it('does not keep a gateway from ending', async () => {
    collector.answerWith(null);
    const gateway = await startTestGateway({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    await gateway.data(CUSTOMERS);
    const started = performance.now();
    await gateway.stop();
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

describe('a gateway without tracing', () => {
  it('loads nothing of it', async () => {
    const hooks = `
      import { registerHooks } from 'node:module';
      registerHooks({ load(url, context, next) {
        if (/@opentelemetry\\/(?!api)|otlp-tracing/.test(url)) process.stderr.write('LOADED ' + url + '\\n');
        return next(url, context);
      } });`;
    const start = (env: Readonly<Record<string, string>>) =>
      startGatewayProcess({
        PORT: '0',
        NODE_OPTIONS: `--import=data:text/javascript;base64,${Buffer.from(hooks).toString('base64')}`,
        ...env,
      });
    const [traced, untraced] = await Promise.all([
      start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }),
      start({}),
    ]);
    try {
      expect(traced.output()).toContain('LOADED');
      expect(untraced.output()).not.toContain('LOADED');
    } finally {
      await Promise.all([traced.kill(), untraced.kill()]);
    }
  });
});
