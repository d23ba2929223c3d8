import type { JsonObject } from '../../json/json-object.ts';
import type { Money } from '../../money/money.ts';
import type { Provider } from '../../provider.ts';
import type { Instant } from '../../time/instant.ts';
import type { CustomerReference } from '../customer/customer.ts';
import type { PlanReference } from '../plan/plan.ts';
import type { InvoiceLineItem } from './invoice-line-item.ts';

/** Every invoice status; see 'Mapping decisions' in contract.md. UNKNOWN keeps the provider's word in `providerStatus`. */
export type InvoiceStatus =
  | 'DRAFT'
  | 'OPEN'
  | 'PROCESSING'
  | 'PARTIALLY_PAID'
  | 'PAID'
  | 'OVERDUE'
  | 'VOID'
  | 'UNKNOWN';

/** Which invoice of which provider; Metronome needs the customer to read it. */
export interface InvoiceRef {
  readonly provider: Provider;
  readonly providerId: string;
  /** Upstream id of the customer. */
  readonly customerId: string;
}

/** An invoice as one provider holds it. */
export interface Invoice extends InvoiceRef {
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly providerStatus: string;
  readonly invoiceType: string | null;
  readonly customer: CustomerReference;
  readonly plan: PlanReference | null;
  /** Maple: the subscription that it comes from, through which its plan is found. */
  readonly subscriptionId: string | null;
  readonly subtotal: Money | null;
  readonly total: Money;
  readonly amountPaid: Money | null;
  readonly amountDue: Money | null;
  readonly periodStart: Instant | null;
  readonly periodEnd: Instant | null;
  readonly issuedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly paidAt: Instant | null;
  readonly createdAt: Instant | null;
  readonly hostedUrl: string | null;
  readonly pdfUrl: string | null;
  readonly netPaymentTermsDays: number | null;
  readonly externalInvoice: ExternalInvoice | null;
  readonly correction: InvoiceCorrection | null;
  /** Upstream id of the voided invoice that this one replaces. */
  readonly regeneratedFromId: string | null;
  readonly adjustments: readonly InvoiceAdjustment[];
  readonly lineItems: InvoiceLines;
  readonly customFields: JsonObject;
  readonly customerCustomFields: JsonObject;
  readonly planCustomFields: JsonObject;
}

/**
 * The lines of an invoice: at hand (`read`), kept by the provider but not in this row (`unread`: the single invoice has
 * them), or not shown by the provider at all.
 */
export type InvoiceLines =
  | {
      readonly kind: 'read';
      /** Made only when they are asked for: most lists show no lines. Throws UpstreamError for a line that fits no model. */
      readonly lines: () => readonly InvoiceLineItem[];
    }
  | { readonly kind: 'unread' }
  | { readonly kind: 'not-exposed' };

/** The invoice's counterpart at the billing provider that collects it. */
export interface ExternalInvoice {
  readonly provider: string;
  readonly invoiceId: string | null;
  readonly status: string | null;
  readonly issuedAt: Instant | null;
}

/** Why an invoice corrects another. */
export interface InvoiceCorrection {
  readonly correctedInvoiceId: string;
  readonly reason: string;
  readonly memo: string;
}

/** A correction of the whole invoice: a minimum, a credit grant. */
export interface InvoiceAdjustment {
  readonly name: string;
  readonly total: Money;
  readonly creditGrantId: string | null;
  readonly creditGrantCustomFields: JsonObject;
}
