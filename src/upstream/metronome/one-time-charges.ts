import { MAX_PAGE_LIMIT, type Stream, type StreamItem } from '../../connection/stream.ts';
import type { OneTimeCharge } from '../../domain/charge/charge.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { nextTokenOf } from '../http/wire-values.ts';
import { EVERY_INVOICE, type MetronomeLoaders } from './loaders.ts';
import { hasLines, invoiceDateOf, type InvoiceRow } from './map-invoice.ts';
import { chargedParts, oneTimeChargeId, oneTimeChargeOf, type ChargedPart } from './map-one-time-charge.ts';
import type { MetronomeInvoice } from './wire.gen.ts';

/**
 * The one-time charges of a customer, by the invoices that bill them. Metronome lists no such charges; what a plan's
 * invoice bills beside the plan's own charges was added by hand (contract.md 'Mapping decisions').
 */
export function oneTimeChargeStream(loaders: MetronomeLoaders, customerId: string): Stream<OneTimeCharge> {
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    // Few invoices hold such a charge, so the number wanted says nothing about how many to read.
    pageLimit: MAX_PAGE_LIMIT,
    async readPage(token, limit) {
      const page = await loaders.invoicePage.load({ ...EVERY_INVOICE, customerId, token, limit });
      const items = await Promise.all(page.data.map((row) => itemsOf(loaders, row)));
      return { items: items.flat(), nextToken: nextTokenOf(page.next_page) };
    },
  };
}

/**
 * The one-time charge that a path of customer, invoice, charge and place leads to; null when the invoice is unknown or
 * does not bill that charge there, or when the charge is one of the plan's own.
 *
 * @throws UpstreamError, UpstreamNotFoundError where Metronome no longer shows the invoice's plan
 */
export async function oneTimeChargeByPath(
  loaders: MetronomeLoaders,
  path: readonly string[],
): Promise<OneTimeCharge | null> {
  const [customerId, invoiceId, chargeId, place] = path;
  if (customerId === undefined || invoiceId === undefined || path.length !== 4) return null;
  const invoice = await loaders.invoice.load({ customerId, invoiceId });
  if (invoice === null) return null;
  const charges = chargedParts(invoice).filter(
    (charged) => charged.chargeId === chargeId && String(charged.place) === place,
  );
  const [charge] = await outsidePlan(loaders, invoice, charges);
  return charge === undefined ? null : oneTimeChargeOf(charge);
}

async function itemsOf(loaders: MetronomeLoaders, row: InvoiceRow): Promise<StreamItem<OneTimeCharge>[]> {
  if (planIdOf(row) === null) return [];
  const invoice = await withLines(loaders, row);
  const charges = await outsidePlan(loaders, invoice, chargedParts(invoice));
  const date = invoiceDateOf(invoice);
  return charges.map((charge) => ({
    id: oneTimeChargeId(charge),
    date,
    read: () => oneTimeChargeOf(charge),
  }));
}

/**
 * @throws UpstreamNotFoundError when Metronome has forgotten the invoice in between
 */
async function withLines(loaders: MetronomeLoaders, row: InvoiceRow): Promise<MetronomeInvoice> {
  if (hasLines(row)) return row;
  const whole = await loaders.invoice.load({ customerId: row.customer_id, invoiceId: row.id });
  if (whole === null)
    throw new UpstreamNotFoundError('METRONOME', 'The provider no longer knows this invoice.');
  return whole;
}

async function outsidePlan(
  loaders: MetronomeLoaders,
  invoice: MetronomeInvoice,
  charges: readonly ChargedPart[],
): Promise<ChargedPart[]> {
  const planId = planIdOf(invoice);
  if (planId === null || charges.length === 0) return [];
  const ofPlan = await loaders.chargeIdsByPlanId.load(planId);
  return charges.filter(({ chargeId }) => !ofPlan.has(chargeId));
}

function planIdOf({ plan_id: planId }: InvoiceRow): string | null {
  return planId ?? null;
}
