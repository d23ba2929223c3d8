import type { InvoiceFilter } from '../../domain/invoice/invoice-source.ts';
import type { InvoiceStatus } from '../../domain/invoice/invoice.ts';
import type { InvoiceQuery } from './client.ts';
import type { MetronomeInvoice } from './wire.gen.ts';

/**
 * The status by contract.md 'Mapping decisions': Metronome itself never says paid, only the billing provider's
 * counterpart does. Spellings are compared without regard to case (metronome.md section 1.10).
 */
export function invoiceStatusOf(
  invoice: Pick<MetronomeInvoice, 'status' | 'external_invoice'>,
): InvoiceStatus {
  switch (invoice.status.toUpperCase()) {
    case 'DRAFT':
      return 'DRAFT';
    case 'VOID':
      return 'VOID';
    case 'FINALIZED':
      return invoice.external_invoice?.external_status?.toUpperCase() === 'PAID' ? 'PAID' : 'OPEN';
    default:
      return 'UNKNOWN';
  }
}

/** What to ask Metronome for: every status, one of its own, or `none` because no invoice of its can have a wanted one. */
export type StatusQuery =
  | { readonly kind: 'ask'; readonly status: InvoiceQuery['status'] }
  | { readonly kind: 'none' };

/** The narrowest question that brings every wanted status; rows still have to be filtered. */
export function statusQueryOf(wanted: InvoiceFilter['statuses']): StatusQuery {
  if (wanted === null) return { kind: 'ask', status: null };
  const words = new Set(wanted.flatMap(metronomeWords));
  const [word] = words;
  if (word === undefined) return { kind: 'none' };
  return { kind: 'ask', status: words.size === 1 && word !== 'ANY' ? word : null };
}

function metronomeWords(status: InvoiceStatus): ('DRAFT' | 'FINALIZED' | 'VOID' | 'ANY')[] {
  switch (status) {
    case 'DRAFT':
    case 'VOID':
      return [status];
    case 'OPEN':
    case 'PAID':
      return ['FINALIZED'];
    case 'UNKNOWN':
      return ['ANY'];
    case 'PROCESSING':
    case 'PARTIALLY_PAID':
    case 'OVERDUE':
      return [];
  }
}
