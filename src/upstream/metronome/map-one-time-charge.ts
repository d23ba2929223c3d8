import type { OneTimeCharge } from '../../domain/charge/charge.ts';
import { lineProductOf, subLineItemOf } from './map-line-item.ts';
import type { MetronomeInvoice, MetronomeInvoiceLineItem, MetronomeInvoiceSubLineItem } from './wire.gen.ts';

/** A sub line item that names a charge, and where it stands. */
export interface ChargedPart {
  readonly invoice: MetronomeInvoice;
  readonly line: MetronomeInvoiceLineItem;
  readonly part: MetronomeInvoiceSubLineItem;
  readonly chargeId: string;
  /** Index among all sub line items of the invoice: one invoice can bill one charge twice. */
  readonly place: number;
}

/** The sub line items of an invoice that name a charge, in the invoice's order. */
export function chargedParts(invoice: MetronomeInvoice): ChargedPart[] {
  return invoice.line_items
    .flatMap((line) => (line.sub_line_items ?? []).map((part) => ({ line, part })))
    .flatMap(({ line, part }, place) => {
      const { charge_id: chargeId } = part;
      return chargeId === null || chargeId === undefined ? [] : [{ invoice, line, part, chargeId, place }];
    });
}

/** What tells a one-time charge from all others; Metronome gives it no id (metronome.md section 7). */
export function oneTimeChargeId({ invoice, chargeId, place }: ChargedPart): string {
  return `${invoice.id}:${chargeId}:${place}`;
}

/**
 * The one-time charge that a sub line item bills.
 *
 * @throws UpstreamInvalidResponseError for numbers and timestamps that the model has no form for
 */
export function oneTimeChargeOf(charged: ChargedPart): OneTimeCharge {
  const { invoice, line, part, chargeId, place } = charged;
  const { name, customFields, quantity, unitPrice, subtotal } = subLineItemOf(part, line.credit_type);
  return {
    type: 'OneTimeCharge',
    provider: 'METRONOME',
    providerId: oneTimeChargeId(charged),
    path: [invoice.customer_id, invoice.id, chargeId, String(place)],
    name,
    product: lineProductOf(line),
    customFields,
    customer: { provider: 'METRONOME', providerId: invoice.customer_id },
    quantity,
    unitPrice,
    total: subtotal,
    status: invoice.status,
    createdAt: null,
  };
}
