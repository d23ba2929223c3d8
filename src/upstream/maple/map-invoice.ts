import type { CustomerReference } from '../../domain/customer/customer.ts';
import type { Invoice } from '../../domain/invoice/invoice.ts';
import type { Instant } from '../../time/instant.ts';
import { optionalInstant } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import { embeddedCustomerFrom } from './map-customer.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import { optionalMoney, requiredMoney } from './map-money.ts';
import type { MapleInvoice } from './wire.gen.ts';

/**
 * An invoice (maple.md section 6.1). Maple shows neither lines, nor the billing period, nor metadata. Its plan is not
 * in the row: it is found through `subscriptionId`.
 *
 * @throws UpstreamInvalidResponseError naming `invoice.total` where that is absent
 */
export function invoiceFrom(row: MapleInvoice): Invoice {
  return {
    provider: 'MAPLE',
    providerId: row.uuid,
    customerId: row.customer_id,
    number: firstText(row.number),
    status: invoiceStatusOf(row.status),
    providerStatus: row.status,
    invoiceType: null,
    customer: customerReferenceFrom(row),
    plan: null,
    subscriptionId: firstText(row.subscription_id),
    subtotal: optionalMoney(row.sub_total, 'invoice.sub_total'),
    total: requiredMoney(row.total, 'invoice.total'),
    amountPaid: optionalMoney(row.paid, 'invoice.paid'),
    amountDue: optionalMoney(row.due, 'invoice.due'),
    periodStart: null,
    periodEnd: null,
    issuedAt: optionalInstant('MAPLE', row.invoice_date, 'invoice.invoice_date'),
    dueAt: optionalInstant('MAPLE', row.due_date, 'invoice.due_date'),
    paidAt: optionalInstant('MAPLE', row.paid_date, 'invoice.paid_date'),
    createdAt: optionalInstant('MAPLE', row.created_at, 'invoice.created_at'),
    hostedUrl: firstText(row.hosted_link),
    pdfUrl: firstText(row.pdf_link),
    netPaymentTermsDays: null,
    externalInvoice: null,
    correction: null,
    regeneratedFromId: null,
    adjustments: [],
    lineItems: { kind: 'not-exposed' },
    customFields: {},
    customerCustomFields: {},
    planCustomFields: {},
  };
}

/** The date that orders invoices: the invoice date, else the creation. */
export function invoiceDateOf(row: MapleInvoice): Instant | null {
  return (
    optionalInstant('MAPLE', row.invoice_date, 'invoice.invoice_date') ??
    optionalInstant('MAPLE', row.created_at, 'invoice.created_at')
  );
}

function customerReferenceFrom({ customer, customer_id: customerId }: MapleInvoice): CustomerReference {
  if (customer?.id === customerId) return embeddedCustomerFrom(customer);
  return { provider: 'MAPLE', providerId: customerId };
}
