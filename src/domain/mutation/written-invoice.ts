import { UpstreamError, UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import type { Invoice, InvoiceRef, InvoiceStatus } from '../invoice/invoice.ts';
import type { RequestContext } from '../request-context.ts';
import { unreadInvoice } from './unread-invoice.ts';
import type { FieldPlace } from '../selection.ts';

/** An invoice that a write has made or changed. */
export interface WrittenInvoice {
  readonly ref: InvoiceRef;
  /** What it is after the write, as far as that is sure. */
  readonly status: InvoiceStatus;
  /** What is known of it without reading it after the write. */
  readonly known: Invoice | null;
}

/**
 * The invoice, read after the write. A read that fails is reported beside what is known, since the write itself has
 * succeeded.
 */
export async function readWrittenInvoice(
  { ref, status, known }: WrittenInvoice,
  context: RequestContext,
  info: FieldPlace,
): Promise<Invoice> {
  try {
    const invoice = await context.sources[ref.provider].invoices.invoice(ref);
    if (invoice !== null) return invoice;
    throw new UpstreamNotFoundError(ref.provider, 'The provider does not show the invoice yet.');
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    context.reportFailure(error, info);
    return known ?? unreadInvoice(ref, status, error);
  }
}
