import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { METRONOME_ROUTES } from '../../../src/sandbox/metronome/metronome-routes.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { documentedOperation, metronomeClient, textField, type MetronomeClient } from './metronome-client.ts';

describe('answers of the Metronome sandbox', () => {
  let server: SandboxServer;
  let client: MetronomeClient;
  beforeAll(async () => {
    server = await startMetronomeSandbox();
    client = metronomeClient(server);
  });
  afterAll(() => server.close());

  // The client holds every answer against the OpenAPI document.
  it('are as documented for every read of a spread of customers', async () => {
    const active = await client.walk('/v1/customers', { limit: '100' });
    const archived = await client.walk('/v1/customers', { only_archived: 'true' });
    expect(archived.length).toBeGreaterThan(5);
    const spread = [...active.filter((_, position) => position < 12 || position % 6 === 0), ...archived];
    let invoiceCount = 0;
    for (const customer of spread) {
      const path = `/v1/customers/${textField(customer, 'id')}`;
      const costs = { starting_on: '2026-06-01T00:00:00Z', ending_before: '2026-06-16T00:00:00Z' };
      const answers = await Promise.all([
        client.get(path),
        client.get(`${path}/plans`),
        client.get(`${path}/costs`, costs),
        client.get(`${path}/invoices`, { sort: 'date_desc', limit: '100' }),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
      const [invoice] = answers[3].data;
      invoiceCount += answers[3].data.length;
      if (invoice === undefined) continue;
      const single = await client.get(`${path}/invoices/${textField(invoice, 'id')}`);
      expect(single.body).toEqual({ data: invoice });
    }
    expect(invoiceCount).toBeGreaterThan(200);
  });

  it('are as documented for every plan', async () => {
    const plans = await client.walk('/v1/plans');
    expect(plans.length).toBeGreaterThanOrEqual(8);
    for (const plan of plans) {
      const path = `/v1/planDetails/${textField(plan, 'id')}`;
      expect((await client.get(path)).status).toBe(200);
      expect((await client.walk(`${path}/charges`)).length).toBeGreaterThan(0);
      await client.walk(`${path}/customers`, { status: 'all' });
    }
  });

  it('come from operations that the OpenAPI document knows', () => {
    const undocumented = METRONOME_ROUTES.filter(
      ({ method, path }) => documentedOperation(method, path) === undefined,
    );
    expect(undocumented).toEqual([]);
    expect(new Set(METRONOME_ROUTES.map(({ method, path }) => documentedOperation(method, path))).size).toBe(
      16,
    );
  });

  it('are the same bytes from a server started anew', async () => {
    const other = await startMetronomeSandbox();
    try {
      const paths = [
        '/v1/customers',
        `/v1/customers/2da8793f-96ad-5892-a9b3-c903c5461191/invoices`,
        '/v1/plans',
      ];
      for (const path of paths) {
        const [first, second] = await Promise.all([client.get(path), metronomeClient(other).get(path)]);
        expect(first.status).toBe(200);
        expect(second.text).toBe(first.text);
      }
    } finally {
      await other.close();
    }
  });
});
