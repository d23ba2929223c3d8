import type { Stream } from '../../connection/stream.ts';
import type { Instant } from '../../time/instant.ts';
import type { PlanReference } from '../plan/plan.ts';
import type { Invoice, InvoiceRef, InvoiceStatus } from './invoice.ts';

/** Narrows a list of invoices. Providers are chosen before a source is asked. */
export interface InvoiceFilter {
  /** Null for every status; never empty. */
  readonly statuses: readonly InvoiceStatus[] | null;
  /** Inclusive. Metronome compares the service period, Maple the invoice date. */
  readonly from: Instant | null;
  /** Exclusive. */
  readonly to: Instant | null;
}

/** What a provider must give about its invoices. Every method may throw UpstreamError. */
export interface InvoiceSource {
  /** Null when the provider does not know it. */
  invoice(ref: InvoiceRef): Promise<Invoice | null>;
  /** A customer's invoices, newest first. */
  invoices(customerId: string, filter: InvoiceFilter): Stream<Invoice>;
  /** The plan of an invoice that names only its subscription; null when there is none. */
  subscriptionPlan(subscriptionId: string): Promise<PlanReference | null>;
}
