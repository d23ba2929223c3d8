import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { NewMetronomeCharge } from '../../domain/mutation/new-charge.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { compareDecimals } from '../../money/decimal.ts';
import { parseInstant } from '../../time/instant.ts';
import { decimalOf } from '../http/wire-values.ts';
import type { MetronomeClient } from './client.ts';
import { everyRow } from './every-row.ts';
import { idKey } from './id-key.ts';
import { hasLines, type InvoiceRow } from './map-invoice.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import { chargedParts, type ChargedPart } from './map-one-time-charge.ts';
import { wirePriceOf } from './write-money.ts';
import type { MetronomeInvoice } from './wire.gen.ts';

/** The two reads that it takes, sent anew each time or once per request. */
export type InvoiceReads = Pick<MetronomeClient, 'listInvoices' | 'getInvoice'>;

/**
 * The invoices that a charge can be on: those that are not void and whose period starts when it says. The plan of a
 * customer plan is not looked up, so there can be more than one.
 *
 * @throws UpstreamError, UpstreamNotFoundError where Metronome does not know the customer
 */
export async function chargeableInvoices(
  reads: InvoiceReads,
  customerId: string,
  { invoiceStart }: NewMetronomeCharge,
): Promise<MetronomeInvoice[]> {
  const query = { status: null, startingOn: invoiceStart, endingBefore: null };
  const rows = everyRow((token) => reads.listInvoices(customerId, query, { token, limit: MAX_PAGE_LIMIT }));
  const invoices: MetronomeInvoice[] = [];
  for await (const row of rows) {
    if (invoiceStatusOf(row) !== 'VOID' && startsAt(row, invoiceStart))
      invoices.push(await withLines(reads, row));
  }
  return invoices;
}

/**
 * The parts of these invoices that bill the same as the charge. Its description is not compared: the reference does not
 * say where Metronome shows it.
 *
 * @throws UpstreamInvalidResponseError for numbers that the model has no form for
 */
export function alikeParts(invoices: readonly MetronomeInvoice[], charge: NewMetronomeCharge): ChargedPart[] {
  const price = wirePriceOf(charge.unitPrice);
  return invoices.flatMap(chargedParts).filter(({ chargeId, part }) => {
    const quantity = decimalOf('METRONOME', part.quantity, 'sub_line_item.quantity');
    if (idKey(chargeId) !== idKey(charge.chargeId) || compareDecimals(quantity, charge.quantity) !== 0)
      return false;
    if (part.price === null || part.price === undefined) return true;
    return compareDecimals(decimalOf('METRONOME', part.price, 'sub_line_item.price'), price) === 0;
  });
}

/** @throws UpstreamNotFoundError when Metronome has forgotten the invoice in between */
async function withLines(reads: InvoiceReads, row: InvoiceRow): Promise<MetronomeInvoice> {
  if (hasLines(row)) return row;
  const whole = await reads.getInvoice(row.customer_id, row.id);
  if (whole === null)
    throw new UpstreamNotFoundError('METRONOME', 'The provider no longer knows this invoice.');
  return whole;
}

function startsAt({ start_timestamp: start }: InvoiceRow, instant: string): boolean {
  const parsed = start === null || start === undefined ? null : parseInstant(start);
  return parsed !== null && Date.parse(parsed) === Date.parse(instant);
}
