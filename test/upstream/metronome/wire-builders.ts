import { LosslessNumber } from 'lossless-json';
import type { Invoice } from '../../../src/domain/invoice/invoice.ts';
import type {
  MetronomeCreditType,
  MetronomeCustomerDetail,
  MetronomeCustomerPlan,
  MetronomeInvoice,
  MetronomeInvoiceLineItem,
  MetronomeInvoiceSubLineItem,
  MetronomePlanCharge,
} from '../../../src/upstream/metronome/wire.gen.ts';

/** A number as an answer holds it after it was read without loss. */
export function num(text: string): LosslessNumber {
  return new LosslessNumber(text);
}

export const usdCents: MetronomeCreditType = {
  id: '2714e483-4ff1-48e4-9e25-ac732e8f24f2',
  name: 'USD (cents)',
};
export const euros: MetronomeCreditType = { id: 'unit-eur', name: 'EUR' };
export const tokens: MetronomeCreditType = { id: 'unit-tokens', name: 'compute tokens' };

export function wireCustomer(members: Partial<MetronomeCustomerDetail> = {}): MetronomeCustomerDetail {
  return {
    id: 'customer-1',
    external_id: 'acct_1',
    ingest_aliases: ['acct_1', 'acct/1 b'],
    name: 'Orchard Labs',
    customer_config: { salesforce_account_id: null },
    custom_fields: { region: 'north' },
    created_at: '2025-01-02T03:04:05.678Z',
    updated_at: '2025-02-02T00:00:00Z',
    ...members,
  };
}

export function wireCustomerPlan(members: Partial<MetronomeCustomerPlan> = {}): MetronomeCustomerPlan {
  return {
    id: 'customer-plan-1',
    plan_id: 'plan-1',
    plan_name: 'Growth',
    plan_description: 'For growing teams',
    starting_on: '2026-01-01T00:00:00Z',
    custom_fields: { seat: 'a' },
    ...members,
  };
}

export function wirePlanCharge(members: Partial<MetronomePlanCharge> = {}): MetronomePlanCharge {
  return {
    id: 'charge-1',
    name: 'Requests',
    charge_type: 'usage',
    product_id: 'product-1',
    product_name: 'API',
    credit_type: usdCents,
    prices: [{ value: num('50'), tier: num('0') }],
    custom_fields: { sku: 'R1' },
    ...members,
  };
}

export function wireInvoice(members: Partial<MetronomeInvoice> = {}): MetronomeInvoice {
  return {
    id: 'invoice-1',
    customer_id: 'customer-1',
    status: 'FINALIZED',
    type: 'PLAN_ARREARS',
    credit_type: usdCents,
    line_items: [],
    total: num('12345'),
    ...members,
  };
}

export function wireLine(members: Partial<MetronomeInvoiceLineItem> = {}): MetronomeInvoiceLineItem {
  return { name: 'API', total: num('100'), type: 'usage', credit_type: usdCents, ...members };
}

export function wireSubLine(members: Partial<MetronomeInvoiceSubLineItem> = {}): MetronomeInvoiceSubLineItem {
  return { name: 'Requests', quantity: num('2'), subtotal: num('100'), custom_fields: {}, ...members };
}

/** An invoice with its lines in place of what makes them, to be compared. */
export function withLines(invoice: Invoice) {
  const { lineItems } = invoice;
  if (lineItems.kind !== 'read') return { ...invoice, lineItems: lineItems.kind };
  const lines = lineItems.lines().map((line) => ({ ...line, subLineItems: line.subLineItems() }));
  return { ...invoice, lineItems: lines };
}
