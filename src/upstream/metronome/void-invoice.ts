import type { Invoice, InvoiceRef } from '../../domain/invoice/invoice.ts';
import type { VoidedInvoice } from '../../domain/mutation/billing-writes.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { Write } from '../../write/write.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { MetronomeClient } from './client.ts';
import { idKey } from './id-key.ts';
import { invoiceOf } from './map-invoice.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import { isMetronomeInvoiceIdResponse } from './wire-validators.gen.js';

/**
 * POST /v1/invoices/void (metronome.md section 8.6). Its effect is the invoice's own id. The result is the invoice as it
 * was before, but void: what else changes is not documented.
 */
export function voidInvoiceWrite(
  client: UpstreamClient,
  { customerId, providerId }: InvoiceRef,
): Write<VoidedInvoice | null> {
  const operation = 'voidInvoice';
  const body = { id: providerId };
  let before: Invoice | null = null;
  return {
    provider: 'METRONOME',
    customerId: idKey(customerId),
    operation,
    request: { customerId, body },
    lane: null,
    async survey(signal) {
      try {
        const invoice = await new MetronomeClient(client, signal).getInvoice(customerId, providerId);
        if (invoice === null) return { kind: 'not-found' };
        before = invoiceOf(invoice, 'single');
      } catch (error) {
        // Only the result needs it: what is void can be told without it.
        if (!(error instanceof UpstreamError)) throw error;
      }
      return { kind: 'ready', before: [] };
    },
    async send(idempotencyKey, signal) {
      const [path, answer] = ['/v1/invoices/void', isMetronomeInvoiceIdResponse];
      const attempt = await client.write({ operation, path, body, idempotencyKey, answer, signal });
      if (attempt.kind !== 'done') return attempt;
      const invoice = before && { ...before, status: 'VOID' as const, providerStatus: 'VOID' };
      const result = invoice && { invoice, isFresh: false };
      return { kind: 'done', answer: { result, effect: () => [providerId] } };
    },
    async find(_, _others, signal) {
      const invoice = await new MetronomeClient(client, signal).getInvoice(customerId, providerId);
      return invoice !== null && invoiceStatusOf(invoice) === 'VOID' ? [providerId] : null;
    },
  };
}
