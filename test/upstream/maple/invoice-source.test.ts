import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import type { InvoiceFilter } from '../../../src/domain/invoice/invoice-source.ts';
import { instantOf } from '../../../src/time/instant.ts';
import { found, startMapleUpstream, type MapleUpstream } from './maple-upstream.ts';
import { customerRow, invoiceRow, subscriptionRow, wholeCustomerRow } from './wire-rows.ts';

let upstream: MapleUpstream;
let showcaseId: string;
beforeAll(async () => {
  upstream = await startMapleUpstream();
  showcaseId = (await upstream.source().customers.customerByIdentifier('acct_1001'))?.providerId ?? '';
});
beforeEach(() => upstream.reset());
afterAll(() => upstream.close());

const ALL: InvoiceFilter = { statuses: null, from: null, to: null };
const FEBRUARY = instantOf(new Date('2026-02-01T00:00:00Z'));
const MARCH = instantOf(new Date('2026-03-01T00:00:00Z'));

describe('invoices', () => {
  it('lists those of the customer, and keeps them for reads by id', async () => {
    const { invoices } = upstream.source();
    const listed = await readAll(invoices.invoices(showcaseId, ALL));
    const read = await Promise.all(listed.map((invoice) => invoices.invoice(invoice)));
    expect(listed.length).toBeGreaterThan(10);
    expect(read).toEqual(listed);
    expect(upstream.calls()).toEqual(['POST /invoices/find']);
    expect(upstream.requests[0]?.body).toEqual({
      pagination: { limit: 100 },
      query: { customer_id: showcaseId },
      sort_key: 'createdAtDesc',
    });
  });

  it.each([2, 7])('gives the same invoices in pages of %i', async (maxPageSize) => {
    const small = await startMapleUpstream({ maxPageSize });
    try {
      const whole = await readAll(upstream.source().invoices.invoices(showcaseId, ALL));
      expect(await readAll(small.source().invoices.invoices(showcaseId, ALL))).toEqual(whole);
      expect(small.calls()).toHaveLength(Math.ceil(whole.length / maxPageSize));
    } finally {
      await small.close();
    }
  });

  it('sends the wanted statuses in the words of the upstream', async () => {
    const statuses = ['OPEN', 'PROCESSING', 'VOID'] as const;
    const listed = await readAll(upstream.source().invoices.invoices(showcaseId, { ...ALL, statuses }));
    expect(listed.length).toBeGreaterThan(0);
    expect(upstream.requests[0]?.body).toMatchObject({
      query: { statuses: ['PENDING', 'PAYMENT_PROCESSING', 'VOID'] },
    });
  });

  it('filters by UNKNOWN itself, since that is any other word', async () => {
    const rows = [invoiceRow({ uuid: 'u1' }), invoiceRow({ uuid: 'u2', status: 'WRITTEN_OFF' })];
    upstream.script('POST /invoices/find', () => found(...rows));
    const listed = await readAll(
      upstream.source().invoices.invoices('cus_1', { ...ALL, statuses: ['UNKNOWN'] }),
    );
    expect(listed.map(({ providerId }) => providerId)).toEqual(['u2']);
    expect(upstream.requests[0]?.body).toMatchObject({ query: { customer_id: 'cus_1' } });
    expect(JSON.stringify(upstream.requests[0]?.body)).not.toContain('statuses');
  });

  it('drops rows of another status or another customer than asked', async () => {
    const rows = [
      invoiceRow({ uuid: 'u1', status: 'PAID' }),
      invoiceRow({ uuid: 'u2', customer_id: 'cus_2' }),
      invoiceRow({ uuid: 'u3' }),
    ];
    upstream.script('POST /invoices/find', () => found(...rows));
    const listed = await readAll(
      upstream.source().invoices.invoices('cus_1', { ...ALL, statuses: ['OPEN'] }),
    );
    expect(listed.map(({ providerId }) => providerId)).toEqual(['u3']);
  });

  it('sends a half-open range of invoice dates, one-sided too', async () => {
    const { invoices } = upstream.source();
    const listed = await readAll(invoices.invoices(showcaseId, { ...ALL, from: FEBRUARY, to: MARCH }));
    await readAll(invoices.invoices(showcaseId, { ...ALL, from: FEBRUARY }));
    await readAll(invoices.invoices(showcaseId, { ...ALL, to: MARCH }));
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.every(({ issuedAt }) => issuedAt?.startsWith('2026-02'))).toBe(true);
    expect(upstream.requests.map(({ body }) => body)).toEqual(
      [{ gte: FEBRUARY, lt: MARCH }, { gte: FEBRUARY }, { lt: MARCH }].map((invoice_date) => ({
        pagination: { limit: 100 },
        query: { customer_id: showcaseId, invoice_date },
        sort_key: 'createdAtDesc',
      })),
    );
  });

  it('keeps an embedded customer for the read by id', async () => {
    const customer = wholeCustomerRow();
    upstream.script('POST /invoices/find', () => found(invoiceRow({ customer })));
    const { invoices, customers } = upstream.source();
    await invoices.invoices('cus_1', ALL).readPage(null, 10);
    expect(await customers.customer('cus_1')).toMatchObject({ name: 'Orchard Example' });
    expect(upstream.calls()).toEqual(['POST /invoices/find']);
  });

  it('does not keep an embedded customer that leaves something out', async () => {
    upstream.script('POST /invoices/find', () =>
      found(invoiceRow({ customer: customerRow({ name: 'Orchard Example' }) })),
    );
    upstream.script('GET /customers/cus_1', () => ({ body: wholeCustomerRow() }));
    const { invoices, customers } = upstream.source();
    await invoices.invoices('cus_1', ALL).readPage(null, 10);
    expect(await customers.customer('cus_1')).toMatchObject({ status: 'ACTIVE' });
    expect(upstream.calls()).toEqual(['POST /invoices/find', 'GET /customers/cus_1']);
  });

  it('names the total that a row lacks only when that row is read', async () => {
    upstream.script('POST /invoices/find', () => found(invoiceRow({ total: null })));
    const { items } = await upstream.source().invoices.invoices('cus_1', ALL).readPage(null, 10);
    expect(() => items[0]?.read()).toThrow('invoice.total');
  });
});

describe('invoice', () => {
  it('reads by uuid, and is null for another customer', async () => {
    const [first] = await readAll(upstream.source().invoices.invoices(showcaseId, ALL));
    const providerId = first?.providerId ?? '';
    upstream.reset();
    const { invoices } = upstream.source();
    expect(await invoices.invoice({ provider: 'MAPLE', providerId, customerId: showcaseId })).toMatchObject({
      providerId,
    });
    expect(await invoices.invoice({ provider: 'MAPLE', providerId, customerId: 'cus_other' })).toBeNull();
    expect(upstream.calls()).toEqual([`GET /invoices/${providerId}`]);
  });

  it('is null for an unknown uuid, and for an answer of another uuid', async () => {
    const { invoices } = upstream.source();
    upstream.script('GET /invoices/uuid-2', () => ({ body: invoiceRow({ uuid: 'uuid-1' }) }));
    expect(
      await invoices.invoice({ provider: 'MAPLE', providerId: 'uuid-0', customerId: 'cus_1' }),
    ).toBeNull();
    expect(
      await invoices.invoice({ provider: 'MAPLE', providerId: 'uuid-2', customerId: 'cus_1' }),
    ).toBeNull();
  });
});

describe('subscriptionPlan', () => {
  it('is the bundle of the subscription, read once', async () => {
    upstream.script('GET /subscriptions/subs_1', () => ({ body: subscriptionRow() }));
    const { invoices } = upstream.source();
    const plans = await Promise.all([
      invoices.subscriptionPlan('subs_1'),
      invoices.subscriptionPlan('subs_1'),
    ]);
    const plan = { provider: 'MAPLE', kind: 'BUNDLE', providerId: 'bundle_1' };
    expect(plans).toEqual([plan, plan]);
    expect(upstream.calls()).toEqual(['GET /subscriptions/subs_1']);
  });

  it('costs no call for a subscription that was listed', async () => {
    const source = upstream.source();
    const held = await readAll(source.plans.customerPlans(showcaseId, new Set(['id'])));
    const plans = await Promise.all(
      held.map(({ subscriptionId }) => source.invoices.subscriptionPlan(subscriptionId)),
    );
    expect(plans).toEqual(held.map(({ plan }) => plan));
    expect(upstream.calls()).toEqual(['POST /subscriptions/find']);
  });

  it('is null for an unknown subscription', async () => {
    expect(await upstream.source().invoices.subscriptionPlan('subs_none')).toBeNull();
  });

  it('calls nothing for an id that could leave its path segment', async () => {
    await expect(upstream.source().invoices.subscriptionPlan('a/../b')).rejects.toThrow(
      'invoice.subscription_id',
    );
    expect(upstream.calls()).toEqual([]);
  });
});
