import Big from 'big.js';
import type { Company } from '../dataset/companies.ts';
import { seededRandom } from '../seeded-random.ts';
import { USD_CENTS } from './pricing-units.ts';
import type { CreditType, ExternalInvoice } from './wire-types.ts';
import { wireMilliseconds } from './wire-time.ts';

const OLD_STATUSES = ['PAID', 'PAID', 'PAID', 'PAID', 'PAID', 'UNCOLLECTIBLE', 'PAYMENT_FAILED'] as const;
const RECENT_STATUSES = ['PAID', 'SENT', 'PARTIALLY_PAID', 'FINALIZED'] as const;

/**
 * The provider's counterpart of a finalized invoice (metronome.md section 8.1). Null for companies that no provider
 * collects from. `monthsAgo` counts back from the clock's month: older invoices are mostly paid.
 */
export function externalInvoice(
  company: Company,
  invoice: {
    readonly monthsAgo: number;
    readonly issuedAt: Date;
    readonly total: Big;
    readonly creditType: CreditType;
    readonly isVoid: boolean;
  },
): ExternalInvoice | null {
  if (company.index % 5 === 4) return null;
  const number = `in_${company.index}_${invoice.issuedAt.toISOString().slice(0, 7).replace('-', '')}`;
  return {
    billing_provider_type: 'stripe',
    invoice_id: number,
    external_status: invoice.isVoid ? 'VOID' : status(company, invoice.monthsAgo),
    issued_at_timestamp: wireMilliseconds(invoice.issuedAt),
    pdf_url: `https://pay.example.com/invoices/${number}.pdf`,
    // A provider bills whole cents.
    ...(invoice.creditType === USD_CENTS && { invoiced_total: invoice.total.round(0, Big.roundHalfUp) }),
  };
}

function status(company: Company, monthsAgo: number): string {
  if (company.index === 0) {
    return monthsAgo === 1 ? 'SENT' : monthsAgo === 2 ? 'PARTIALLY_PAID' : 'PAID';
  }
  const random = seededRandom(`external-invoice:${company.index}:${monthsAgo}`);
  return random.pick(monthsAgo > 2 ? OLD_STATUSES : RECENT_STATUSES);
}
