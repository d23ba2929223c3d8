import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { operationIds } from '../../clients/operation-ids.ts';
import { encodeNodeId } from '../../../src/node-id.ts';
import { createFaultSwitch } from '../../support/fault-switch.ts';
import { readMetrics } from '../../support/metric-samples.ts';
import { sha256 } from '../../support/manifest-folder.ts';
import { sendOperation } from '../../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { refusal } from '../../support/upstream-outages.ts';
import { VOID_INVOICE } from '../../support/write-operations.ts';

const CUSTOMERS = '{ customers(first: 3) { nodes { name } } }';
/** Of the committed manifest. */
const PLAN_CATALOGUE = operationIds.get('PlanCatalogue') ?? '';

describe('the metrics', () => {
  const faults = createFaultSwitch();
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ metronome: { onRequest: faults.onRequest } });
  });
  afterAll(() => gateway.stop());
  afterEach(() => faults.turnOff());

  /** How much a sample grows while something is done. */
  async function growth(
    name: string,
    labels: Readonly<Record<string, string>>,
    action: () => Promise<unknown>,
  ): Promise<number> {
    const before = await readMetrics(gateway.url);
    await action();
    return (await readMetrics(gateway.url)).of(name, labels) - before.of(name, labels);
  }

  it('come in the text form of Prometheus, which nothing on the way may keep', async () => {
    const response = await fetch(new URL('/metrics', gateway.url));
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('count requests by method and status, and operations by type', async () => {
    const http = { method: 'POST', status: '200' };
    const query = { type: 'query', operation: 'none' };
    expect(await growth('gateway_http_requests_total', http, () => gateway.answer(CUSTOMERS))).toBe(1);
    expect(
      await growth('gateway_operation_duration_seconds_count', query, () => gateway.answer(CUSTOMERS)),
    ).toBe(1);
    const mutation = { type: 'mutation', operation: 'none' };
    expect(
      await growth('gateway_operation_duration_seconds_count', mutation, () =>
        gateway.answer(VOID_INVOICE, { input: { idempotencyKey: 'a', invoiceId: 'none' } }),
      ),
    ).toBe(1);
  });

  it('count no probe and no scrape', async () => {
    const before = await readMetrics(gateway.url);
    for (const path of ['/livez', '/readyz', '/metrics?x=1']) await fetch(new URL(path, gateway.url));
    const after = await readMetrics(gateway.url);
    const http = ({ samples }: typeof before) =>
      samples.filter(({ name }) => name === 'gateway_http_requests_total');
    expect(http(after)).toEqual(http(before));
  });

  it('name an operation of a manifest', async () => {
    const labels = { type: 'query', operation: 'PlanCatalogue' };
    const ask = () =>
      sendOperation(gateway.url, 'GET', { documentId: PLAN_CATALOGUE, variables: { first: 1 } });
    expect(await growth('gateway_operation_duration_seconds_count', labels, ask)).toBe(1);
  });

  it('name no operation that a client has made up, not even one that it has registered', async () => {
    const query = 'query PlantedName { customers(first: 1) { nodes { name } } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    await sendOperation(gateway.url, 'POST', { query });
    await sendOperation(gateway.url, 'POST', { query, extensions });
    const { body } = await sendOperation(gateway.url, 'POST', { extensions });
    expect(body).toMatchObject({ data: { customers: {} } });
    expect((await readMetrics(gateway.url)).text).not.toContain('PlantedName');
  });

  it('count answers by the codes of their errors', async () => {
    const invalid = { type: 'none', operation: 'none', code: 'BAD_USER_INPUT' };
    expect(await growth('gateway_errors_total', invalid, () => gateway.answer('{ nope }'))).toBe(1);
    faults.turnOn(refusal(500));
    const failed = { type: 'query', operation: 'none', code: 'UPSTREAM_UNAVAILABLE' };
    expect(await growth('gateway_errors_total', failed, () => gateway.answer(CUSTOMERS))).toBe(1);
  });

  it('count calls of upstreams by operation and outcome', async () => {
    const calls = (outcome: string) => ({ provider: 'METRONOME', operation: 'listCustomers', outcome });
    const ask = () => gateway.answer(CUSTOMERS);
    expect(await growth('gateway_upstream_calls_total', calls('OK'), ask)).toBe(1);
    const { outcome: _, ...operation } = calls('');
    expect(await growth('gateway_upstream_call_duration_seconds_count', operation, ask)).toBe(1);
    faults.turnOn(refusal(429));
    expect(await growth('gateway_upstream_calls_total', calls('UPSTREAM_RATE_LIMITED'), ask)).toBe(3);
    const provider = 'METRONOME';
    expect(await growth('gateway_upstream_retries_total', { provider }, ask)).toBe(2);
    faults.turnOn(refusal(404));
    const id = encodeNodeId('Invoice', 'METRONOME', 'customer', 'invoice');
    const unknown = { provider: 'METRONOME', operation: 'getInvoice', outcome: 'NOT_FOUND' };
    const askForInvoice = () => gateway.data('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(await growth('gateway_upstream_calls_total', unknown, askForInvoice)).toBe(1);
  });

  it('show the sizes of batches', async () => {
    const customers = await gateway.data(
      '{ customers(first: 4, filter: { providers: [METRONOME] }) { nodes { id } } }',
    );
    const ids = [...JSON.stringify(customers).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id);
    const ask = () => gateway.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    const labels = { loader: 'metronome.customerById' };
    expect(await growth('gateway_batch_size_sum', labels, ask)).toBe(4);
    expect(await growth('gateway_batch_size_count', labels, ask)).toBe(1);
  });

  it('show the health of each provider', async () => {
    const health = async () =>
      (await readMetrics(gateway.url)).samples
        .filter(({ name }) => name === 'gateway_provider_health')
        .map(({ labels: { provider, state } }) => `${provider} ${state}`);
    for (let call = 0; call < 20; call += 1) await gateway.answer(CUSTOMERS);
    expect(await health()).toEqual(['METRONOME UP', 'MAPLE UP']);
    faults.turnOn(refusal(503));
    for (let call = 0; call < 5; call += 1) await gateway.answer(CUSTOMERS);
    expect(await health()).toEqual(['METRONOME DOWN', 'MAPLE UP']);
  });

  it('show the breaker of each provider, and the reads that it has refused', async () => {
    const failing = await startTestGateway({ metronome: { onRequest: () => refusal(503) } });
    try {
      // Equal reads would be one.
      const ask = (first: number) => failing.answer(`{ customers(first: ${first}) { nodes { id } } }`);
      await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index + 1)));
      const before = await readMetrics(failing.url);
      await failing.answer(CUSTOMERS);
      const after = await readMetrics(failing.url);
      const breaker = (provider: string, state: string) =>
        after.of('gateway_upstream_breaker', { provider, state });
      expect([breaker('METRONOME', 'open'), breaker('MAPLE', 'closed')]).toEqual([1, 1]);
      const refused = { provider: 'METRONOME', reason: 'breaker' };
      const name = 'gateway_upstream_refused_reads_total';
      expect(after.of(name, refused) - before.of(name, refused)).toBe(1);
    } finally {
      await failing.stop();
    }
  });

  it('count writes by how they came out', async () => {
    const id = encodeNodeId('Invoice', 'MAPLE', 'customer', 'unknown');
    const labels = { provider: 'MAPLE', operation: 'voidInvoice', outcome: 'not-found' };
    const write = () => gateway.data(VOID_INVOICE, { input: { idempotencyKey: 'b', invoiceId: id } });
    expect(await growth('gateway_writes_total', labels, write)).toBe(1);
  });
});

describe('the metrics of reads that are kept', () => {
  it('tell hits from misses', async () => {
    const gateway = await startTestGateway({ env: { CACHE_TTL_MS: '60000' } });
    try {
      const plans = '{ plans(first: 3, filter: { providers: [METRONOME] }) { nodes { name } } }';
      await gateway.data(plans);
      const first = await readMetrics(gateway.url);
      const of = (metrics: typeof first, result: string) =>
        metrics.of('gateway_read_cache_lookups_total', { result });
      expect(of(first, 'hit')).toBe(0);
      expect(of(first, 'miss')).toBeGreaterThan(0);
      await gateway.data(plans);
      const second = await readMetrics(gateway.url);
      expect(of(second, 'hit')).toBe(of(first, 'miss'));
      expect(of(second, 'miss')).toBe(of(first, 'miss'));
    } finally {
      await gateway.stop();
    }
  });
});

describe('access to the metrics', () => {
  const KEY = 'a-key';
  const GATEWAY_API_KEYS = `monitor:read:${createHash('sha256').update(KEY).digest('hex')}`;

  it('needs an API key where there are keys', async () => {
    const gateway = await startTestGateway({ env: { GATEWAY_API_KEYS } });
    try {
      expect((await fetch(new URL('/metrics', gateway.url))).status).toBe(401);
      const { of } = await readMetrics(gateway.url, { authorization: `Bearer ${KEY}` });
      expect(of('gateway_errors_total', { type: 'none', operation: 'none', code: 'UNAUTHENTICATED' })).toBe(
        0,
      );
      await gateway.answer(CUSTOMERS);
      const later = await readMetrics(gateway.url, { 'x-api-key': KEY });
      expect(
        later.of('gateway_errors_total', { type: 'none', operation: 'none', code: 'UNAUTHENTICATED' }),
      ).toBe(1);
    } finally {
      await gateway.stop();
    }
  });

  it('needs none on a port of its own, and is not given on the other port then', async () => {
    const gateway = await startTestGateway({ env: { GATEWAY_API_KEYS, METRICS_PORT: '0' } });
    try {
      const { metricsUrl } = gateway;
      expect(metricsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
      expect((await readMetrics(metricsUrl ?? '')).text).toContain('gateway_provider_health');
      expect((await fetch(new URL('/graphql', metricsUrl ?? ''))).status).toBe(404);
      const response = await fetch(new URL('/metrics', gateway.url), { headers: { 'x-api-key': KEY } });
      expect(response.status).toBe(404);
    } finally {
      await gateway.stop();
    }
  });
});
