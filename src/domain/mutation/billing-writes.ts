import type { Provider } from '../../provider.ts';
import type { Effect, Write } from '../../write/write.ts';
import type { OneTimeCharge } from '../charge/charge.ts';
import type { Invoice, InvoiceRef } from '../invoice/invoice.ts';
import type { NewCharge } from './new-charge.ts';

/** A charge in the terms of one provider. */
type NewChargeOf<P extends Provider> = Extract<NewCharge, { provider: P }>;

/** A void invoice as far as it is known without reading it again. */
export interface VoidedInvoice {
  readonly invoice: Invoice;
  /** Whether the provider gave it after the write; else it is what was there before, but void. */
  readonly isFresh: boolean;
}

/** What a provider can be made to change. Nothing is sent before a write is run. */
export interface BillingWrites<P extends Provider> {
  /** The result is the charges, where the provider's answer shows them. */
  addOneTimeCharge(customerId: string, charge: NewChargeOf<P>): Write<readonly OneTimeCharge[] | null>;
  /**
   * The charges that such a write has made.
   *
   * @throws UpstreamError where they cannot be read, or are not all shown
   */
  addedCharges(customerId: string, charge: NewChargeOf<P>, effect: Effect): Promise<readonly OneTimeCharge[]>;
  voidInvoice(ref: InvoiceRef): Write<VoidedInvoice | null>;
  /** The effect is the id of the new invoice. Null where the provider cannot regenerate invoices at all. */
  regenerateInvoice(ref: InvoiceRef): Write<null> | null;
}
