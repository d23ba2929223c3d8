import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { DEFAULT_SANDBOX_NOW } from '../../../src/sandbox/sandbox-clock.ts';
import {
  mapleClient,
  minorOf,
  objectOf,
  textOf,
  timeOf,
  type MapleClient,
  type Row,
} from './maple-client.ts';

const MONEY_MEMBERS = ['total', 'sub_total', 'paid', 'due', 'prorated_amount'] as const;

describe('invoices of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  let invoices: readonly Row[];
  let showcase: Row;
  beforeAll(async () => {
    server = await startMapleSandbox();
    client = mapleClient(server);
    invoices = await client.walk('invoices');
    showcase = await client.customer('acct_1001');
  });
  afterAll(() => server.close());

  const withStatus = async (status: string): Promise<Row> => {
    const [first] = await client.walk('invoices', { query: { status }, limit: 200 });
    return objectOf(first);
  };

  it('add up, in one currency each', () => {
    for (const invoice of invoices) {
      expect(minorOf(invoice, 'due')).toBe(minorOf(invoice, 'total') - minorOf(invoice, 'paid'));
      for (const member of MONEY_MEMBERS)
        expect(objectOf(invoice[member])['currency']).toBe(invoice['currency']);
      expect(invoice['paid_date'] === null).toBe(invoice['status'] !== 'PAID');
    }
    const paid = invoices.filter((invoice) => invoice['status'] === 'PAID');
    for (const invoice of paid) expect(minorOf(invoice, 'due')).toBe(0);
  });

  it('occur in every state and in one that nobody documents, all but that one with the showcase', () => {
    const known = ['PENDING', 'PAID', 'VOID', 'DRAFT', 'OVERDUE', 'PAYMENT_PROCESSING', 'PARTIALLY_PAID'];
    const statuses = (rows: readonly Row[]) => new Set(rows.map((row) => row['status']));
    expect(statuses(invoices)).toEqual(new Set([...known, 'WRITTEN_OFF']));
    expect(statuses(invoices.filter((row) => row['customer_id'] === showcase['id']))).toEqual(new Set(known));
  });

  it('number at most twelve for a subscription, one for each month, and share dates within a customer', () => {
    const bySubscription = Map.groupBy(invoices, (invoice) => invoice['subscription_id']);
    bySubscription.delete(null);
    const counts = [...bySubscription.values()].map((rows) => rows.length);
    expect(Math.max(...counts)).toBe(12);
    for (const rows of bySubscription.values()) {
      const months = rows.map((row) => new Date(timeOf(row, 'invoice_date')).toISOString().slice(0, 7));
      expect(new Set(months).size).toBe(rows.length);
    }
    const dates = invoices
      .filter((row) => row['customer_id'] === showcase['id'])
      .map((row) => timeOf(row, 'invoice_date'));
    expect(new Set(dates).size).toBeLessThan(dates.length);
  });

  it('are over nothing once with the showcase, the oldest of its running subscription', async () => {
    const query = { customer_id: showcase['id'], hide_zero: false };
    const rows = await client.walk('invoices', { query, sortKey: 'createdAtAsc' });
    expect(rows.filter((row) => minorOf(row, 'total') === 0)).toEqual(rows.slice(0, 1));
  });

  it('are dated before the clock, have numbers of their own, and links unless they are drafts', () => {
    const numbers = invoices.map((invoice) => invoice['number']);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const invoice of invoices) {
      for (const member of ['invoice_date', 'created_at', 'updated_at']) {
        expect(timeOf(invoice, member)).toBeLessThanOrEqual(DEFAULT_SANDBOX_NOW.getTime());
      }
      expect(invoice['hosted_link'] === null).toBe(invoice['status'] === 'DRAFT');
      expect(invoice['pdf_link'] === null).toBe(invoice['status'] === 'DRAFT');
    }
  });

  it('bill a parent for some children, and embed the customer in some', () => {
    const billedElsewhere = invoices.filter((row) => row['billed_customer_id'] !== row['customer_id']);
    expect(billedElsewhere.length).toBeGreaterThan(0);
    const embedding = invoices.filter((row) => row['customer'] !== undefined);
    expect(embedding.length).toBeGreaterThan(0);
    expect(embedding.length).toBeLessThan(invoices.length / 2);
    for (const row of embedding) expect(objectOf(row['customer'])['id']).toBe(row['customer_id']);
  });

  it.each(['PENDING', 'OVERDUE', 'DRAFT'])('that are %s become void for good', async (status) => {
    const invoice = await withStatus(status);
    const path = `/invoices/${textOf(invoice, 'uuid')}`;
    const voided = await client.post(`${path}/void`);
    expect(voided.status).toBe(200);
    expect(voided.body).toMatchObject({ uuid: invoice['uuid'], status: 'VOID', total: invoice['total'] });
    expect((await client.get(path)).body).toEqual(voided.body);
    const query = { customer_id: invoice['customer_id'], status };
    const left = await client.walk('invoices', { query });
    expect(left.map((row) => row['uuid'])).not.toContain(invoice['uuid']);
    expect((await client.post(`${path}/void`)).status).toBe(400);
  });

  it.each(['PAID', 'PARTIALLY_PAID', 'PAYMENT_PROCESSING', 'VOID', 'WRITTEN_OFF'])(
    'that are %s cannot be voided',
    async (status) => {
      const invoice = await withStatus(status);
      const answer = await client.post(`/invoices/${textOf(invoice, 'uuid')}/void`);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ error_type: 'request_error' });
      expect((await client.get(`/invoices/${textOf(invoice, 'uuid')}`)).body).toMatchObject({ status });
    },
  );

  it('that do not exist cannot be voided', async () => {
    expect((await client.post('/invoices/none/void')).status).toBe(404);
  });
});
