import type { InvoiceRef } from '../../domain/invoice/invoice.ts';
import type { VoidedInvoice } from '../../domain/mutation/billing-writes.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { Write } from '../../write/write.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { upstreamPath } from '../http/upstream-path.ts';
import { MapleClient } from './client.ts';
import { invoiceFrom } from './map-invoice.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import { isMapleInvoice } from './wire-validators.gen.js';
import type { MapleInvoice } from './wire.gen.ts';

const pathOf = upstreamPath('MAPLE');

/** POST /invoices/{uuid}/void (maple.md section 6.2), which answers the invoice. Its effect is the invoice's own uuid. */
export function voidInvoiceWrite(
  client: UpstreamClient,
  companyId: string,
  { customerId, providerId }: InvoiceRef,
): Write<VoidedInvoice | null> {
  const operation = 'voidInvoice';
  const path = pathOf`/api/v1/companies/${companyId}/invoices/${providerId}/void`;
  return {
    provider: 'MAPLE',
    customerId,
    operation,
    request: { path },
    lane: null,
    async survey(signal) {
      try {
        const invoice = await new MapleClient(client, signal, companyId).getInvoice(providerId);
        // The path of the write names no customer, so an id of another one would be taken.
        if (invoice?.customer_id !== customerId) return { kind: 'not-found' };
      } catch (error) {
        // Only that needs it: what is void can be told without it.
        if (!(error instanceof UpstreamError)) throw error;
      }
      return { kind: 'ready', before: [] };
    },
    async send(idempotencyKey, signal) {
      const answer = isMapleInvoice;
      const attempt = await client.write({ operation, path, body: null, idempotencyKey, answer, signal });
      if (attempt.kind !== 'done') return attempt;
      return { kind: 'done', answer: { result: shown(attempt.answer), effect: () => [providerId] } };
    },
    async find(_, _others, signal) {
      const invoice = await new MapleClient(client, signal, companyId).getInvoice(providerId);
      return invoice !== null && invoiceStatusOf(invoice.status) === 'VOID' ? [providerId] : null;
    },
  };
}

/** Null where the answer cannot be shown: the invoice is void all the same, and can be read. */
function shown(row: MapleInvoice): VoidedInvoice | null {
  try {
    return { invoice: invoiceFrom(row), isFresh: true };
  } catch (error) {
    if (error instanceof UpstreamError) return null;
    throw error;
  }
}
