import type { InvoiceStatus } from '../../domain/invoice/invoice.ts';

/** Maple's word for each status that it has; contract.md section 'Mapping decisions'. */
const WORDS = {
  DRAFT: 'DRAFT',
  OPEN: 'PENDING',
  PROCESSING: 'PAYMENT_PROCESSING',
  PARTIALLY_PAID: 'PARTIALLY_PAID',
  PAID: 'PAID',
  OVERDUE: 'OVERDUE',
  VOID: 'VOID',
} as const satisfies Record<Exclude<InvoiceStatus, 'UNKNOWN'>, string>;

/** The status that Maple's word stands for. */
export function invoiceStatusOf(word: string): InvoiceStatus {
  switch (word) {
    case 'PENDING':
      return 'OPEN';
    case 'PAYMENT_PROCESSING':
      return 'PROCESSING';
    case 'DRAFT':
    case 'PARTIALLY_PAID':
    case 'PAID':
    case 'OVERDUE':
    case 'VOID':
      return word;
    default:
      return 'UNKNOWN';
  }
}

/** Maple's words for the wanted statuses; null where they cannot be listed, because UNKNOWN is any other word. */
export function invoiceStatusWords(statuses: readonly InvoiceStatus[] | null): string[] | null {
  if (statuses === null) return null;
  const words: string[] = [];
  for (const status of statuses) {
    if (status === 'UNKNOWN') return null;
    words.push(WORDS[status]);
  }
  return words;
}
