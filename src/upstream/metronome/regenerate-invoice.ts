import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { InvoiceRef } from '../../domain/invoice/invoice.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { isUpstreamId } from '../../node-id.ts';
import { leastContested } from '../../write/least-contested.ts';
import type { Baseline, Write } from '../../write/write.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { MetronomeClient } from './client.ts';
import { everyRow } from './every-row.ts';
import type { InvoiceRow } from './map-invoice.ts';
import { idKey } from './id-key.ts';
import { isMetronomeInvoiceIdResponse } from './wire-validators.gen.js';
import type { MetronomeInvoice } from './wire.gen.ts';

/**
 * POST /v1/invoices/regenerate (metronome.md section 8.6). Its effect is the id of the new invoice. Where the answer does
 * not tell it, the new invoice is the one for the same period and plan that was not there before: that it names the voided
 * one is in the official SDK only.
 */
export function regenerateInvoiceWrite(
  client: UpstreamClient,
  { customerId, providerId }: InvoiceRef,
): Write<null> {
  const operation = 'regenerateInvoice';
  const body = { id: providerId };
  return {
    provider: 'METRONOME',
    customerId: idKey(customerId),
    operation,
    request: { customerId, body },
    lane: JSON.stringify([operation, idKey(providerId)]),
    async survey(signal) {
      const reads = new MetronomeClient(client, signal);
      const invoice = await reads.getInvoice(customerId, providerId);
      return invoice === null
        ? { kind: 'not-found' }
        : { kind: 'ready', before: await siblingIds(reads, invoice) };
    },
    async send(idempotencyKey, signal) {
      const [path, answer] = ['/v1/invoices/regenerate', isMetronomeInvoiceIdResponse];
      const attempt = await client.write({ operation, path, body, idempotencyKey, answer, signal });
      if (attempt.kind !== 'done') return attempt;
      const id = attempt.answer.data?.id;
      // Documented as possible: a success that does not say what it made.
      if (id === undefined || !isUpstreamId(id)) return { kind: 'unclear', answer: 'failure' };
      return { kind: 'done', answer: { result: null, effect: () => [id] } };
    },
    async find(before, { claimed, baselines }, signal) {
      const reads = new MetronomeClient(client, signal);
      const invoice = await reads.getInvoice(customerId, providerId);
      if (invoice === null)
        throw new UpstreamNotFoundError('METRONOME', 'The provider no longer knows this invoice.');
      const made = newAmong(await siblingIds(reads, invoice), before).filter((id) => !claimed.has(id));
      const [own] = leastContested(made, baselines, newAmong);
      return own === undefined ? null : [own];
    },
  };
}

function newAmong(ids: readonly string[], before: Baseline): string[] {
  return ids.filter((id) => !before.includes(id));
}

/** Invoices that can replace this one, newest first: of its period, kind and plan, and not known to replace another. */
async function siblingIds(reads: MetronomeClient, invoice: MetronomeInvoice): Promise<string[]> {
  const query = { status: null, startingOn: invoice.start_timestamp ?? null, endingBefore: null };
  const rows = everyRow((token) =>
    reads.listInvoices(invoice.customer_id, query, { token, limit: MAX_PAGE_LIMIT }),
  );
  const ids: string[] = [];
  for await (const row of rows) if (mayReplace(row, invoice)) ids.push(row.id);
  return ids;
}

function mayReplace(row: InvoiceRow, invoice: MetronomeInvoice): boolean {
  const { regenerated_from_invoice_id: from } = row;
  if (from !== null && from !== undefined) return idKey(from) === idKey(invoice.id);
  return (
    idKey(row.id) !== idKey(invoice.id) &&
    isUpstreamId(row.id) &&
    row.type === invoice.type &&
    idKey(row.plan_id ?? '') === idKey(invoice.plan_id ?? '') &&
    isSameTime(row.start_timestamp, invoice.start_timestamp) &&
    isSameTime(row.end_timestamp, invoice.end_timestamp)
  );
}

/** Timestamps come with and without milliseconds (metronome.md section 1.7). */
function isSameTime(a: string | null | undefined, b: string | null | undefined): boolean {
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  return a === b || Date.parse(a) === Date.parse(b);
}
