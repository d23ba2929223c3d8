import type {
  ExternalInvoice,
  Invoice,
  InvoiceAdjustment,
  InvoiceCorrection,
  InvoiceLines,
} from '../../domain/invoice/invoice.ts';
import type { PlanReference } from '../../domain/plan/plan.ts';
import { digitsOf } from '../../json/json-number.ts';
import { plusDays, type Instant } from '../../time/instant.ts';
import { invalidField, jsonObjectOf, optionalInstant, optionalInt } from '../http/wire-values.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import { lineItemOf } from './map-line-item.ts';
import { metronomeMoney, optionalMoney } from './map-money.ts';
import { planRefOf, UNSTATED } from './map-plan.ts';
import type {
  MetronomeCorrectionRecord,
  MetronomeExternalInvoice,
  MetronomeInvoice,
  MetronomeInvoiceAdjustment,
  MetronomeInvoicePage,
} from './wire.gen.ts';

/** An invoice of a list: without lines, which are in the single invoice, where nothing of the request reads them. */
export type InvoiceRow = Omit<MetronomeInvoice, 'line_items'> & {
  readonly line_items: MetronomeInvoice['line_items'] | null;
};

/** A page of a list of invoices. */
export interface InvoicePage {
  readonly data: readonly InvoiceRow[];
  readonly next_page: MetronomeInvoicePage['next_page'];
}

/**
 * An invoice.
 *
 * @param origin `row` for one out of a list, which may lack its lines
 * @throws UpstreamInvalidResponseError for numbers and timestamps that the model has no form for
 */
export function invoiceOf(wire: InvoiceRow, origin: 'row' | 'single'): Invoice {
  const issuedAt = optionalInstant('METRONOME', wire.issued_at, 'invoice.issued_at');
  const termsDays = optionalInt('METRONOME', wire.net_payment_terms_days, 'invoice.net_payment_terms_days');
  return {
    provider: 'METRONOME',
    providerId: wire.id,
    customerId: wire.customer_id,
    number: null,
    status: invoiceStatusOf(wire),
    providerStatus: wire.status,
    invoiceType: wire.type,
    customer: { provider: 'METRONOME', providerId: wire.customer_id },
    plan: invoicePlanOf(wire),
    subscriptionId: null,
    subtotal: optionalMoney(wire.subtotal, wire.credit_type, 'invoice.subtotal'),
    total: metronomeMoney(wire.total, wire.credit_type, 'invoice.total'),
    amountPaid: null,
    amountDue: null,
    periodStart: optionalInstant('METRONOME', wire.start_timestamp, 'invoice.start_timestamp'),
    periodEnd: optionalInstant('METRONOME', wire.end_timestamp, 'invoice.end_timestamp'),
    issuedAt,
    dueAt: issuedAt === null || termsDays === null ? null : dueAtOf(issuedAt, termsDays),
    paidAt: null,
    createdAt: optionalInstant('METRONOME', wire.created_at, 'invoice.created_at'),
    hostedUrl: null,
    pdfUrl: wire.external_invoice?.pdf_url ?? null,
    netPaymentTermsDays: termsDays,
    externalInvoice: externalInvoiceOf(wire.external_invoice ?? null),
    correction: correctionOf(wire.correction_record ?? null),
    regeneratedFromId: wire.regenerated_from_invoice_id ?? null,
    adjustments: (wire.invoice_adjustments ?? []).map(adjustmentOf),
    lineItems: linesOf(wire, origin),
    customFields: jsonObjectOf(wire.custom_fields),
    customerCustomFields: jsonObjectOf(wire.customer_custom_fields),
    planCustomFields: jsonObjectOf(wire.plan_custom_fields),
  };
}

/**
 * The date that orders merged invoices (contract.md 'Mapping decisions'): when it was issued, else when its period
 * ends; null where Metronome says neither.
 *
 * @throws UpstreamInvalidResponseError for a timestamp that is none
 */
export function invoiceDateOf(wire: InvoiceRow): Instant | null {
  return (
    optionalInstant('METRONOME', wire.issued_at, 'invoice.issued_at') ??
    optionalInstant('METRONOME', wire.end_timestamp, 'invoice.end_timestamp')
  );
}

/** The plan that an invoice comes from, with as much of it as the invoice says; null for one that names none. */
function invoicePlanOf(wire: InvoiceRow): PlanReference | null {
  const { plan_id: planId, plan_name: name, plan_custom_fields: fields } = wire;
  if (planId === null || planId === undefined) return null;
  return {
    ...planRefOf(planId),
    ...UNSTATED,
    ...(name === null || name === undefined ? {} : { name }),
    ...(fields === null || fields === undefined ? {} : { customFields: jsonObjectOf(fields) }),
  };
}

function dueAtOf(issuedAt: Instant, termsDays: number): Instant {
  try {
    return plusDays(issuedAt, termsDays);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidField('METRONOME', 'invoice.net_payment_terms_days');
  }
}

function linesOf(wire: InvoiceRow, origin: 'row' | 'single'): InvoiceLines {
  const { line_items: lines } = wire;
  if (lines === null || (origin === 'row' && !hasLines(wire))) return { kind: 'unread' };
  return { kind: 'read', lines: () => lines.map(lineItemOf) };
}

/**
 * Whether a list row has all of the invoice's lines: rows may be summaries (metronome.md section 8.3), and one that has an
 * amount but no line is likely one. A row that comes to nothing has nothing to leave out.
 */
export function hasLines(row: InvoiceRow): row is MetronomeInvoice {
  const { line_items: lines, total, subtotal } = row;
  if (lines === null || lines.length > 0) return lines !== null;
  return ![total, subtotal].some((amount) => /[1-9]/.test(digitsOf(amount ?? 0)));
}

function externalInvoiceOf(external: MetronomeExternalInvoice | null): ExternalInvoice | null {
  if (external === null) return null;
  const field = 'invoice.external_invoice.issued_at_timestamp';
  return {
    provider: external.billing_provider_type,
    invoiceId: external.invoice_id ?? null,
    status: external.external_status ?? null,
    issuedAt: optionalInstant('METRONOME', external.issued_at_timestamp, field),
  };
}

function correctionOf(record: MetronomeCorrectionRecord | null): InvoiceCorrection | null {
  if (record === null) return null;
  return { correctedInvoiceId: record.corrected_invoice_id, reason: record.reason, memo: record.memo };
}

function adjustmentOf(adjustment: MetronomeInvoiceAdjustment): InvoiceAdjustment {
  return {
    name: adjustment.name,
    total: metronomeMoney(adjustment.total, adjustment.credit_type, 'invoice.invoice_adjustments.total'),
    creditGrantId: adjustment.credit_grant_id ?? null,
    creditGrantCustomFields: jsonObjectOf(adjustment.credit_grant_custom_fields),
  };
}
