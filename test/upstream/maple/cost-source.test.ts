import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import { UpstreamNotFoundError } from '../../../src/errors/upstream-error.ts';
import { instantOf } from '../../../src/time/instant.ts';
import { found, startMapleUpstream, type MapleUpstream } from './maple-upstream.ts';
import { invoiceRow, money, subscriptionRow } from './wire-rows.ts';

let upstream: MapleUpstream;
let showcaseId: string;
beforeAll(async () => {
  upstream = await startMapleUpstream();
  showcaseId = (await upstream.source().customers.customerByIdentifier('acct_1001'))?.providerId ?? '';
});
beforeEach(() => upstream.reset());
afterAll(() => upstream.close());

const window = {
  from: instantOf(new Date('2026-06-01T00:00:00Z')),
  to: instantOf(new Date('2026-07-01T00:00:00Z')),
};
const due = { mrr: money('1', 'KWD'), next_invoice_date: '2026-06-20T00:00:00Z' };

describe('costs', () => {
  it('are the upcoming invoices of the subscriptions that are billed in the window', async () => {
    const costs = await readAll(upstream.source().costs.costs(showcaseId, window));
    expect(costs).toHaveLength(2);
    for (const cost of costs) {
      expect(cost).toMatchObject({
        provider: 'MAPLE',
        customer: { provider: 'MAPLE', providerId: showcaseId },
        basis: 'UPCOMING_INVOICE',
        from: null,
        amounts: [{ total: { unit: { currency: 'USD' } }, lineItems: [] }],
      });
      expect(cost.to?.startsWith('2026-06-')).toBe(true);
    }
    expect(upstream.calls()).toEqual([
      'POST /subscriptions/find',
      'POST /invoices/next',
      'POST /invoices/next',
    ]);
    expect(upstream.requests[0]?.body).toMatchObject({
      query: { customer_id: showcaseId, next_invoice_date: { gte: window.from, lt: window.to } },
      sort_key: 'createdAtDesc',
    });
  });

  it('are asked in the currency of the recurring revenue', async () => {
    upstream.script('POST /subscriptions/find', () => found(subscriptionRow(due)));
    upstream.script('POST /invoices/next', () => ({ body: invoiceRow({ total: money('1250', 'KWD') }) }));
    const [cost] = await readAll(upstream.source().costs.costs('cus_1', window));
    expect(cost).toMatchObject({ to: '2026-06-20T00:00:00Z', amounts: [{ total: { amount: '1.250' } }] });
    expect(upstream.requests[1]?.body).toEqual({
      customer_id: 'cus_1',
      subscription_id: 'subs_1',
      currency: 'KWD',
    });
  });

  it('leave out subscriptions that are not running, not billed in the window, or of someone else', async () => {
    const rows = [
      subscriptionRow({ ...due, id: 's1', status: 'PAUSED' }),
      subscriptionRow({ ...due, id: 's2', status: 'SUSPENDED_BY_OWNER' }),
      subscriptionRow({ ...due, id: 's3', next_invoice_date: null }),
      subscriptionRow({ ...due, id: 's4', next_invoice_date: window.to }),
      subscriptionRow({ ...due, id: 's5', next_invoice_date: '2026-05-31T23:59:59.999Z' }),
      subscriptionRow({ ...due, id: 's6', customer_id: 'cus_2' }),
      subscriptionRow({ ...due, id: 's7', next_invoice_date: window.from }),
      subscriptionRow({ ...due, id: 's8', trial: true }),
      subscriptionRow({ ...due, id: 's9', status: 'IN_TRIAL' }),
    ];
    upstream.script('POST /subscriptions/find', () => found(...rows));
    const { items } = await upstream.source().costs.costs('cus_1', window).readPage(null, 100);
    expect(items.map(({ id, date }) => [id, date])).toEqual([
      ['s7', window.from],
      ['s8', '2026-06-20T00:00:00Z'],
      ['s9', '2026-06-20T00:00:00Z'],
    ]);
  });

  it('name the currency that a subscription lacks', async () => {
    upstream.script('POST /subscriptions/find', () => found(subscriptionRow({ ...due, mrr: null })));
    const costs = readAll(upstream.source().costs.costs('cus_1', window));
    await expect(costs).rejects.toThrow('subscription.mrr.currency');
    expect(upstream.calls()).toEqual(['POST /subscriptions/find']);
  });

  it('name the total that the upcoming invoice lacks', async () => {
    upstream.script('POST /subscriptions/find', () => found(subscriptionRow(due)));
    upstream.script('POST /invoices/next', () => ({ body: invoiceRow({ total: null }) }));
    await expect(readAll(upstream.source().costs.costs('cus_1', window))).rejects.toThrow(
      'missing value at total',
    );
  });

  it('are an error, not nothing, where the upstream knows no upcoming invoice', async () => {
    upstream.script('POST /subscriptions/find', () => found(subscriptionRow(due)));
    upstream.script('POST /invoices/next', () => ({ kind: 'answer', status: 404, body: '{}' }));
    const costs = readAll(upstream.source().costs.costs('cus_1', window));
    await expect(costs).rejects.toThrow(UpstreamNotFoundError);
  });
});
