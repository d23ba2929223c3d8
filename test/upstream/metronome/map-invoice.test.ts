import { describe, expect, it } from 'vitest';
import { invoiceDateOf, invoiceOf } from '../../../src/upstream/metronome/map-invoice.ts';
import { euros, num, tokens, wireInvoice, wireLine, withLines } from './wire-builders.ts';

const start = '2026-05-01T00:00:00Z';
const end = '2026-06-01T00:00:00Z';
const issued = '2026-06-03T08:00:00.5Z';

describe('invoiceOf', () => {
  it('gives every field of an invoice', () => {
    const wire = wireInvoice({
      subtotal: num('12345.5'),
      start_timestamp: start,
      end_timestamp: end,
      issued_at: issued,
      created_at: start,
      net_payment_terms_days: num('30'),
      external_invoice: {
        billing_provider_type: 'stripe',
        invoice_id: 'in_1',
        external_status: 'PAID',
        issued_at_timestamp: end,
        pdf_url: 'https://example.com/in_1.pdf',
      },
      correction_record: { corrected_invoice_id: 'invoice-0', reason: 'wrong', memo: 'memo' },
      regenerated_from_invoice_id: 'invoice-00',
      customer_custom_fields: { a: '1' },
      plan_custom_fields: { b: '2' },
      custom_fields: { c: num('0.10') },
      line_items: [wireLine()],
    });
    const invoice = invoiceOf(wire, 'row');
    expect(invoice).toMatchObject({
      provider: 'METRONOME',
      providerId: 'invoice-1',
      customerId: 'customer-1',
      number: null,
      status: 'PAID',
      providerStatus: 'FINALIZED',
      invoiceType: 'PLAN_ARREARS',
      customer: { provider: 'METRONOME', providerId: 'customer-1' },
      subscriptionId: null,
      subtotal: { amount: '123.455' },
      total: { amount: '123.45', minorAmount: '12345' },
      amountPaid: null,
      amountDue: null,
      periodStart: start,
      periodEnd: end,
      issuedAt: issued,
      paidAt: null,
      createdAt: start,
      hostedUrl: null,
      pdfUrl: 'https://example.com/in_1.pdf',
      netPaymentTermsDays: 30,
      externalInvoice: { provider: 'stripe', invoiceId: 'in_1', status: 'PAID', issuedAt: end },
      correction: { correctedInvoiceId: 'invoice-0', reason: 'wrong', memo: 'memo' },
      regeneratedFromId: 'invoice-00',
      adjustments: [],
      customerCustomFields: { a: '1' },
      planCustomFields: { b: '2' },
    });
    expect(invoice.customer).toStrictEqual({ provider: 'METRONOME', providerId: 'customer-1' });
    expect(JSON.stringify(invoice.customFields)).toBe('{"c":0.10}');
  });

  it('leaves null what the invoice leaves out', () => {
    expect(invoiceOf(wireInvoice(), 'row')).toMatchObject({
      plan: null,
      subtotal: null,
      periodStart: null,
      periodEnd: null,
      issuedAt: null,
      dueAt: null,
      createdAt: null,
      pdfUrl: null,
      netPaymentTermsDays: null,
      externalInvoice: null,
      correction: null,
      regeneratedFromId: null,
      customFields: {},
    });
  });

  it('is due its payment terms after it was issued, and not without either', () => {
    const terms = num('30');
    expect(invoiceOf(wireInvoice({ issued_at: issued, net_payment_terms_days: terms }), 'row').dueAt).toBe(
      '2026-07-03T08:00:00.5Z',
    );
    expect(invoiceOf(wireInvoice({ issued_at: issued }), 'row').dueAt).toBeNull();
    expect(invoiceOf(wireInvoice({ net_payment_terms_days: terms }), 'row').dueAt).toBeNull();
    expect(invoiceOf(wireInvoice({ issued_at: end, net_payment_terms_days: num('0') }), 'row').dueAt).toBe(
      '2026-06-01T00:00:00Z',
    );
  });

  it('refers to its plan with what the invoice says of it', () => {
    const ref = { provider: 'METRONOME', kind: 'PLAN', providerId: 'plan-1' };
    const unstated = { status: 'UNKNOWN', providerStatus: null, currency: null };
    expect(invoiceOf(wireInvoice({ plan_id: 'plan-1' }), 'row').plan).toStrictEqual({ ...ref, ...unstated });
    const named = wireInvoice({ plan_id: 'plan-1', plan_name: 'Growth', plan_custom_fields: { b: '2' } });
    expect(invoiceOf(named, 'row').plan).toStrictEqual({
      ...ref,
      ...unstated,
      name: 'Growth',
      customFields: { b: '2' },
    });
  });

  it('takes a row without lines for a summary, and a single invoice without lines as it is', () => {
    expect(withLines(invoiceOf(wireInvoice(), 'row')).lineItems).toBe('unread');
    expect(
      withLines(invoiceOf({ ...wireInvoice({ total: num('0') }), line_items: null }, 'row')).lineItems,
    ).toBe('unread');
    const nothing = wireInvoice({ total: num('0.00'), subtotal: num('0') });
    expect(withLines(invoiceOf(nothing, 'row')).lineItems).toEqual([]);
    expect(withLines(invoiceOf(wireInvoice(), 'single')).lineItems).toEqual([]);
    const invoice = invoiceOf(wireInvoice({ line_items: [wireLine()] }), 'row');
    expect(withLines(invoice).lineItems).toMatchObject([{ name: 'API' }]);
  });

  it('makes its lines only when they are asked for, so that a bad one costs nothing else', () => {
    const { total, lineItems } = invoiceOf(
      wireInvoice({ line_items: [wireLine({ total: num('1e999') })] }),
      'row',
    );
    expect(total).toMatchObject({ minorAmount: '12345' });
    if (lineItems.kind !== 'read') throw new Error('the lines are not at hand');
    expect(lineItems.lines).toThrow('line_item.total');
  });

  it('counts each adjustment in its own unit', () => {
    const wire = wireInvoice({
      invoice_adjustments: [
        { name: 'Minimum', total: num('1e1'), credit_type: euros },
        {
          name: 'Grant',
          total: num('-0.005'),
          credit_type: tokens,
          credit_grant_id: 'grant-1',
          credit_grant_custom_fields: { g: 'h' },
        },
      ],
    });
    expect(invoiceOf(wire, 'row').adjustments).toMatchObject([
      { name: 'Minimum', total: { amount: '10.00' }, creditGrantId: null, creditGrantCustomFields: {} },
      {
        name: 'Grant',
        total: { amount: '-0.005' },
        creditGrantId: 'grant-1',
        creditGrantCustomFields: { g: 'h' },
      },
    ]);
  });

  it.each([
    ['invoice.total', { total: num('1e999') }],
    ['invoice.issued_at', { issued_at: '3 June' }],
    ['invoice.net_payment_terms_days', { net_payment_terms_days: num('0.5') }],
    [
      'invoice.net_payment_terms_days',
      { issued_at: issued, net_payment_terms_days: num('9007199254740991') },
    ],
    ['invoice.net_payment_terms_days', { issued_at: issued, net_payment_terms_days: num('9000000') }],
  ])('names %s when the model has no form for it', (field, members) => {
    expect(() => invoiceOf(wireInvoice(members), 'row')).toThrow(field);
  });
});

describe('invoiceDateOf', () => {
  it('is the issue date, else the end of the period, else nothing', () => {
    expect(invoiceDateOf(wireInvoice({ issued_at: issued, end_timestamp: end }))).toBe(issued);
    expect(invoiceDateOf(wireInvoice({ end_timestamp: end }))).toBe(end);
    expect(invoiceDateOf(wireInvoice({ start_timestamp: start }))).toBeNull();
  });
});
