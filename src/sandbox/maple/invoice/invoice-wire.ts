import { wireMoney } from '../wire/money.ts';
import { wireTimestamp, wireTimestampOrNull } from '../wire/timestamp.ts';
import type { WireObject } from '../wire/wire-object.ts';
import type { InvoiceRecord } from './invoice-record.ts';

const PAYMENT_PAGES = 'https://pay.example.com';

/** Writes a customer by its id. */
export type CustomerWriter = (customerId: string) => WireObject | undefined;

/** An invoice as REST answers it (maple.md section 6.1); a draft has no links yet. */
export function invoiceWire(invoice: InvoiceRecord, writeCustomer: CustomerWriter): WireObject {
  const { currency } = invoice;
  const variant = invoice.customerIndex + invoice.ordinal;
  const hasLinks = invoice.status !== 'DRAFT';
  return {
    uuid: invoice.uuid,
    number: invoice.number,
    name: invoice.name,
    status: invoice.status,
    currency,
    customer_id: invoice.customerId,
    billed_customer_id: invoice.billedCustomerId,
    subscription_id: invoice.subscriptionId,
    invoice_date: wireTimestamp(invoice.invoiceDate, variant),
    due_date: wireTimestamp(invoice.dueDate, variant),
    paid_date: wireTimestampOrNull(invoice.paidDate, variant),
    sub_total: wireMoney(invoice.subTotal, currency),
    total: wireMoney(invoice.total, currency),
    paid: wireMoney(invoice.paid, currency),
    due: wireMoney(invoice.total - invoice.paid, currency),
    prorated_amount: wireMoney(invoice.prorated, currency),
    auto_charges: invoice.autoCharges,
    hosted_link: hasLinks ? `${PAYMENT_PAGES}/invoices/${invoice.uuid}` : null,
    pdf_link: hasLinks ? `${PAYMENT_PAGES}/invoices/${invoice.uuid}.pdf` : null,
    customer: invoice.embedsCustomer ? writeCustomer(invoice.customerId) : undefined,
    billed_customer: invoice.embedsCustomer ? writeCustomer(invoice.billedCustomerId) : undefined,
    created_at: wireTimestamp(invoice.createdAt, variant),
    updated_at: wireTimestamp(invoice.updatedAt, variant),
  };
}
