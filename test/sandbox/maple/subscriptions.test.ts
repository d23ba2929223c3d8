import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { DEFAULT_SANDBOX_NOW } from '../../../src/sandbox/sandbox-clock.ts';
import { listOf, mapleClient, minorOf, objectOf, textOf, timeOf, type Row } from './maple-client.ts';

describe('subscriptions of the Maple sandbox', () => {
  let server: MapleSandbox;
  let subscriptions: readonly Row[];
  beforeAll(async () => {
    server = await startMapleSandbox();
    subscriptions = await mapleClient(server).walk('subscriptions');
  });
  afterAll(() => server.close());

  const now = DEFAULT_SANDBOX_NOW.getTime();
  const isRunning = (row: Row) => row['status'] === 'ACTIVE' || row['status'] === 'TRIALING';

  it('are 0 to 3 for each customer, in every documented state, a trial, and one that nobody documents', () => {
    const counts = new Map<string, number>();
    for (const row of subscriptions) {
      const customerId = textOf(row, 'customer_id');
      counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
    }
    expect(new Set(counts.values())).toEqual(new Set([1, 2, 3]));
    expect(new Set(subscriptions.map((row) => row['status']))).toEqual(
      new Set(['ACTIVE', 'PAUSED', 'CANCELLED', 'ENDED', 'TRIALING', 'SUSPENDED_BY_OWNER']),
    );
    for (const row of subscriptions) expect(row['trial']).toBe(row['status'] === 'TRIALING');
  });

  it('are billed next within a month while they run, and never otherwise', () => {
    for (const row of subscriptions.filter(isRunning)) {
      expect(timeOf(row, 'next_invoice_date')).toBeGreaterThan(now);
      expect(timeOf(row, 'next_invoice_date')).toBeLessThan(now + 32 * 86_400_000);
    }
    for (const row of subscriptions.filter((other) => !isRunning(other))) {
      expect(row['next_invoice_date']).toBeNull();
    }
  });

  it('have a run rate in their own currency while they are active', () => {
    const rates = subscriptions.map((row) => objectOf(row['mrr']));
    expect(new Set(rates.map((rate) => rate['currency']))).toEqual(new Set(['USD', 'EUR', 'JPY', 'KWD']));
    for (const row of subscriptions) {
      const { currency } = objectOf(row['mrr']);
      expect(objectOf(objectOf(row['customer'])['mrr'])['currency']).toBe(currency);
    }
    for (const row of subscriptions) expect(minorOf(row, 'mrr') > 0).toBe(row['status'] === 'ACTIVE');
  });

  it('start, end and change in the past, in that order', () => {
    for (const row of subscriptions) {
      for (const member of ['start_date', 'created_at', 'updated_at'])
        expect(timeOf(row, member)).toBeLessThanOrEqual(now);
    }
    const ended = subscriptions.filter((row) => row['end_date'] !== null);
    expect(ended.length).toBeGreaterThan(0);
    for (const row of ended) expect(timeOf(row, 'end_date')).toBeGreaterThan(timeOf(row, 'start_date'));
  });

  it('say how much of each priced component was chosen', () => {
    const showcase = subscriptions.find(
      (row) =>
        row['bundle_pricing_id'] === 'bundle_growth_usd' &&
        objectOf(row['customer'])['identifier'] === 'acct_1001',
    );
    const items = listOf(objectOf(showcase)['config_items']);
    expect(items.map((item) => item['product_metric_pricing_id'])).toEqual([
      'pmp_platform_growth_usd_1',
      'pmp_platform_growth_usd_2',
      'pmp_storage_usd_1',
    ]);
    expect(items[0]?.['num_licenses']).toBe(12);
  });
});
