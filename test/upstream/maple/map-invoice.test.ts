import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { invoiceDateOf, invoiceFrom } from '../../../src/upstream/maple/map-invoice.ts';
import { invoiceStatusOf, invoiceStatusWords } from '../../../src/upstream/maple/map-invoice-status.ts';
import { customerRow, invoiceRow, money } from './wire-rows.ts';

const STATUSES = [
  ['DRAFT', 'DRAFT'],
  ['PENDING', 'OPEN'],
  ['PAYMENT_PROCESSING', 'PROCESSING'],
  ['PARTIALLY_PAID', 'PARTIALLY_PAID'],
  ['PAID', 'PAID'],
  ['OVERDUE', 'OVERDUE'],
  ['VOID', 'VOID'],
] as const;

describe('invoice statuses', () => {
  it.each(STATUSES)('take %s for %s, and back', (word, status) => {
    expect(invoiceStatusOf(word)).toBe(status);
    expect(invoiceStatusWords([status])).toEqual([word]);
  });

  it.each(['WRITTEN_OFF', 'OPEN', 'paid', ''])('take %j for UNKNOWN and keep the word', (word) => {
    expect(invoiceFrom(invoiceRow({ status: word }))).toMatchObject({
      status: 'UNKNOWN',
      providerStatus: word,
    });
  });

  it('cannot be listed for the upstream when UNKNOWN is wanted too', () => {
    expect(invoiceStatusWords(['PAID', 'UNKNOWN'])).toBeNull();
    expect(invoiceStatusWords(null)).toBeNull();
  });
});

describe('invoiceFrom', () => {
  it('maps amounts, dates and links', () => {
    const row = invoiceRow({
      number: 'INV-1',
      subscription_id: 'subs_1',
      sub_total: money('1000'),
      total: money('900'),
      paid: money('0'),
      due: money('900'),
      invoice_date: '2026-05-01T00:00:00-04:00',
      due_date: '2026-05-15T00:00:00Z',
      paid_date: null,
      created_at: '2026-05-01T04:00:00.5Z',
      hosted_link: 'https://pay.example.com/1',
      pdf_link: '',
    });
    expect(invoiceFrom(row)).toMatchObject({
      providerId: 'uuid-1',
      customerId: 'cus_1',
      number: 'INV-1',
      status: 'OPEN',
      plan: null,
      subscriptionId: 'subs_1',
      subtotal: { amount: '10.00' },
      total: { amount: '9.00' },
      amountPaid: { amount: '0.00' },
      amountDue: { amount: '9.00' },
      periodStart: null,
      periodEnd: null,
      issuedAt: '2026-05-01T04:00:00Z',
      dueAt: '2026-05-15T00:00:00Z',
      paidAt: null,
      createdAt: '2026-05-01T04:00:00.5Z',
      hostedUrl: 'https://pay.example.com/1',
      pdfUrl: null,
      lineItems: { kind: 'not-exposed' },
      adjustments: [],
      customFields: {},
    });
  });

  it('gives no amount for one that is absent', () => {
    expect(invoiceFrom(invoiceRow())).toMatchObject({ subtotal: null, amountPaid: null, amountDue: null });
  });

  it('names the total that is absent', () => {
    const mapped = () => invoiceFrom(invoiceRow({ total: null }));
    expect(mapped).toThrow(UpstreamInvalidResponseError);
    expect(mapped).toThrow('invoice.total');
  });

  it('names the amount in an unknown currency', () => {
    expect(() => invoiceFrom(invoiceRow({ due: money('1', 'XX') }))).toThrow('invoice.due.currency');
  });

  it('has what the embedded customer says and nothing that it leaves out, and else a reference', () => {
    const customer = customerRow({ name: 'Orchard Example' });
    expect(invoiceFrom(invoiceRow({ customer })).customer).toEqual({
      provider: 'MAPLE',
      providerId: 'cus_1',
      identifiers: ['acct_1'],
      name: 'Orchard Example',
    });
    expect(invoiceFrom(invoiceRow()).customer).toEqual({ provider: 'MAPLE', providerId: 'cus_1' });
  });

  it('takes no embedded customer of another id for its own', () => {
    const customer = customerRow({ id: 'cus_2', name: 'Someone Else' });
    expect(invoiceFrom(invoiceRow({ customer })).customer).toEqual({
      provider: 'MAPLE',
      providerId: 'cus_1',
    });
  });
});

describe('invoiceDateOf', () => {
  it('is the invoice date, else the creation, else nothing', () => {
    const [invoice_date, created_at] = ['2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'];
    expect(invoiceDateOf(invoiceRow({ invoice_date, created_at }))).toBe(invoice_date);
    expect(invoiceDateOf(invoiceRow({ invoice_date: null, created_at }))).toBe(created_at);
    expect(invoiceDateOf(invoiceRow())).toBeNull();
  });
});
