import type { ProductReference } from '../../domain/charge/charge.ts';
import type {
  InvoiceLineItem,
  InvoiceSubLineItem,
  InvoiceTier,
  TierPeriod,
} from '../../domain/invoice/invoice-line-item.ts';
import { decimalOf, instantOf, jsonObjectOf, optionalDecimal, optionalInstant } from '../http/wire-values.ts';
import { metronomeMoney, optionalMoney } from './map-money.ts';
import type {
  MetronomeCreditType,
  MetronomeInvoiceLineItem,
  MetronomeInvoiceSubLineItem,
  MetronomeSubLineItemTier,
  MetronomeTierPeriod,
} from './wire.gen.ts';

/**
 * One line of an invoice, counted in the line's own unit, which need not be the invoice's (metronome.md section 1.8).
 *
 * @throws UpstreamInvalidResponseError for numbers and timestamps that the model has no form for
 */
export function lineItemOf(line: MetronomeInvoiceLineItem): InvoiceLineItem {
  return {
    name: line.name,
    lineType: line.type,
    quantity: optionalDecimal('METRONOME', line.quantity, 'line_item.quantity'),
    unitPrice: optionalMoney(line.unit_price, line.credit_type, 'line_item.unit_price'),
    total: metronomeMoney(line.total, line.credit_type, 'line_item.total'),
    startsAt: optionalInstant('METRONOME', line.starting_at, 'line_item.starting_at'),
    endsAt: optionalInstant('METRONOME', line.ending_before, 'line_item.ending_before'),
    isProrated: line.is_prorated ?? null,
    product: lineProductOf(line),
    groupKey: line.group_key ?? null,
    groupValue: line.group_value ?? null,
    customFields: jsonObjectOf(line.custom_fields),
    subLineItems: () => (line.sub_line_items ?? []).map((part) => subLineItemOf(part, line.credit_type)),
  };
}

/** What a line is for. Lines do not name their product; it is called here as the line is, since that is what is billed. */
export function lineProductOf(line: MetronomeInvoiceLineItem): ProductReference | null {
  const { product_id: providerId } = line;
  return providerId === null || providerId === undefined
    ? null
    : { provider: 'METRONOME', providerId, name: line.name };
}

/**
 * One charge or credit inside a line, in the line's unit.
 *
 * @throws UpstreamInvalidResponseError for numbers and timestamps that the model has no form for
 */
export function subLineItemOf(
  part: MetronomeInvoiceSubLineItem,
  creditType: MetronomeCreditType,
): InvoiceSubLineItem {
  return {
    name: part.name,
    quantity: decimalOf('METRONOME', part.quantity, 'sub_line_item.quantity'),
    unitPrice: optionalMoney(part.price, creditType, 'sub_line_item.price'),
    subtotal: metronomeMoney(part.subtotal, creditType, 'sub_line_item.subtotal'),
    chargeId: part.charge_id ?? null,
    creditGrantId: part.credit_grant_id ?? null,
    startsAt: optionalInstant('METRONOME', part.start_date, 'sub_line_item.start_date'),
    endsAt: optionalInstant('METRONOME', part.end_date, 'sub_line_item.end_date'),
    tierPeriod: tierPeriodOf(part.tier_period ?? null),
    tiers: (part.tiers ?? []).map((tier) => tierOf(tier, creditType)),
    customFields: jsonObjectOf(part.custom_fields),
  };
}

function tierPeriodOf(period: MetronomeTierPeriod | null): TierPeriod | null {
  if (period === null) return null;
  return {
    startsAt: instantOf('METRONOME', period.starting_at, 'sub_line_item.tier_period.starting_at'),
    endsAt: optionalInstant('METRONOME', period.ending_before, 'sub_line_item.tier_period.ending_before'),
  };
}

function tierOf(tier: MetronomeSubLineItemTier, creditType: MetronomeCreditType): InvoiceTier {
  return {
    startsAt: decimalOf('METRONOME', tier.starting_at, 'sub_line_item.tiers.starting_at'),
    quantity: decimalOf('METRONOME', tier.quantity, 'sub_line_item.tiers.quantity'),
    unitPrice: metronomeMoney(tier.price, creditType, 'sub_line_item.tiers.price'),
    subtotal: metronomeMoney(tier.subtotal, creditType, 'sub_line_item.tiers.subtotal'),
  };
}
