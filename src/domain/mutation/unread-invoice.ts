import type { UpstreamError } from '../../errors/upstream-error.ts';
import type { Money } from '../../money/money.ts';
import type { Invoice, InvoiceRef, InvoiceStatus } from '../invoice/invoice.ts';

const UNREAD = {
  number: null,
  invoiceType: null,
  plan: null,
  subscriptionId: null,
  subtotal: null,
  amountPaid: null,
  amountDue: null,
  periodStart: null,
  periodEnd: null,
  issuedAt: null,
  dueAt: null,
  paidAt: null,
  createdAt: null,
  hostedUrl: null,
  pdfUrl: null,
  netPaymentTermsDays: null,
  externalInvoice: null,
  correction: null,
  regeneratedFromId: null,
  adjustments: [],
  lineItems: { kind: 'unread' },
  customFields: {},
  customerCustomFields: {},
  planCustomFields: {},
} as const;

/**
 * An invoice that is known to be there and could not be read. Its total is the one thing that can be neither left out nor
 * guessed: reading it throws the failure.
 *
 * @param status what is known of it by what was written
 */
export function unreadInvoice(ref: InvoiceRef, status: InvoiceStatus, failure: UpstreamError): Invoice {
  const { provider, providerId, customerId } = ref;
  return {
    ...UNREAD,
    provider,
    providerId,
    customerId,
    customer: { provider, providerId: customerId },
    status,
    providerStatus: status === 'UNKNOWN' ? '' : status,
    get total(): Money {
      throw failure;
    },
  };
}
