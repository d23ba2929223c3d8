import type { SeededRandom } from '../../seeded-random.ts';
import type { SubscriptionRecord } from '../subscription/subscription-record.ts';

/** The showcase's invoices, newest first. */
const SHOWCASE = [
  'DRAFT',
  'PENDING',
  'OVERDUE',
  'PARTIALLY_PAID',
  'PAYMENT_PROCESSING',
  'PAID',
  'VOID',
  'PAID',
  'PAID',
  'PAID',
  'PAID',
  'PAID',
] as const;

const NEWEST = ['PENDING', 'PENDING', 'PENDING', 'DRAFT', 'PAYMENT_PROCESSING', 'PAID', 'PAID'] as const;
const LAST_MONTHS = ['PAID', 'PAID', 'PAID', 'OVERDUE', 'PARTIALLY_PAID'] as const;

/** Index of the one company with an invoice in a state that no reference lists. */
const WRITTEN_OFF_COMPANY = 4;

/**
 * The status of the invoice at `age` (0 is the subscription's newest). PAYMENT_PROCESSING and PARTIALLY_PAID are
 * inferred spellings (maple.md section 6.1).
 */
export function invoiceStatus(subscription: SubscriptionRecord, age: number, random: SeededRandom): string {
  const { customerIndex, ordinal } = subscription;
  if (customerIndex === 0 && ordinal === 0) return SHOWCASE[age] ?? 'PAID';
  if (customerIndex === WRITTEN_OFF_COMPANY && ordinal === 1 && age === 0) return 'WRITTEN_OFF';
  if (age === 0) return subscription.nextInvoiceDate === null ? 'PAID' : random.pick(NEWEST);
  if (age < 3) return random.pick(LAST_MONTHS);
  return random.chance(0.06) ? 'VOID' : 'PAID';
}
