import { pick, pickList, pickText, type Step } from './pick.ts';
import { digits, optional, optionalList, utc } from './wire-row.ts';

/** An amount counted in USD (cents) as money in minor units, which is Metronome's own number; null where it is absent. */
export function usdCents(row: unknown, ...path: readonly Step[]): object | null {
  const minorAmount = digits(row, ...path);
  return minorAmount === null ? null : { minorAmount, currency: 'USD' };
}

/** What the gateway has to show of an invoice row of Metronome that is counted in USD (cents); amounts in minor units. */
export function expectedUsdInvoice(row: unknown): object {
  const terms = digits(row, 'net_payment_terms_days');
  const isPaid = optional(row, 'external_invoice', 'external_status') === 'PAID';
  const wireStatus = pickText(row, 'status');
  const issuedAt = utc(row, 'issued_at');
  return {
    providerId: pick(row, 'id'),
    status: wireStatus === 'FINALIZED' ? (isPaid ? 'PAID' : 'OPEN') : wireStatus,
    providerStatus: wireStatus,
    type: pick(row, 'type'),
    number: null,
    subtotal: usdCents(row, 'subtotal'),
    total: usdCents(row, 'total'),
    amountPaid: null,
    amountDue: null,
    periodStart: utc(row, 'start_timestamp'),
    periodEnd: utc(row, 'end_timestamp'),
    issuedAt,
    dueAt: issuedAt === null || terms === null ? null : daysLater(issuedAt, Number(terms)),
    paidAt: null,
    createdAt: null,
    hostedUrl: null,
    pdfUrl: optional(row, 'external_invoice', 'pdf_url'),
    netPaymentTermsDays: terms === null ? null : Number(terms),
    regeneratedFromId: null,
    correction: null,
    customFields: pick(row, 'custom_fields'),
    customerCustomFields: pick(row, 'customer_custom_fields'),
    planCustomFields: pick(row, 'plan_custom_fields'),
    plan: { providerId: pick(row, 'plan_id'), name: pick(row, 'plan_name') },
    externalInvoice:
      optional(row, 'external_invoice') === null
        ? null
        : {
            provider: pick(row, 'external_invoice', 'billing_provider_type'),
            invoiceId: optional(row, 'external_invoice', 'invoice_id'),
            status: optional(row, 'external_invoice', 'external_status'),
            issuedAt: utc(row, 'external_invoice', 'issued_at_timestamp'),
          },
    adjustments: optionalList(row, 'invoice_adjustments').map((adjustment) => ({
      name: pick(adjustment, 'name'),
      total: usdCents(adjustment, 'total'),
      creditGrantId: optional(adjustment, 'credit_grant_id'),
      creditGrantCustomFields: optional(adjustment, 'credit_grant_custom_fields') ?? {},
    })),
    lineItems: { nodes: pickList(row, 'line_items').map(expectedLine) },
  };
}

function expectedLine(line: unknown): object {
  return {
    name: pick(line, 'name'),
    type: pick(line, 'type'),
    quantity: digits(line, 'quantity'),
    unitPrice: usdCents(line, 'unit_price'),
    total: usdCents(line, 'total'),
    startsAt: null,
    endsAt: null,
    isProrated: null,
    product: { providerId: pick(line, 'product_id'), name: pick(line, 'name') },
    groupKey: optional(line, 'group_key'),
    groupValue: optional(line, 'group_value'),
    customFields: optional(line, 'custom_fields') ?? {},
    subLineItems: pickList(line, 'sub_line_items').map((sub) => ({
      name: pick(sub, 'name'),
      quantity: digits(sub, 'quantity'),
      unitPrice: usdCents(sub, 'price'),
      subtotal: usdCents(sub, 'subtotal'),
      chargeId: optional(sub, 'charge_id'),
      creditGrantId: optional(sub, 'credit_grant_id'),
      startsAt: utc(sub, 'start_date'),
      endsAt: utc(sub, 'end_date'),
      customFields: pick(sub, 'custom_fields'),
      tierPeriod:
        optional(sub, 'tier_period') === null
          ? null
          : {
              startsAt: utc(sub, 'tier_period', 'starting_at'),
              endsAt: utc(sub, 'tier_period', 'ending_before'),
            },
      tiers: optionalList(sub, 'tiers').map((tier) => ({
        startsAt: digits(tier, 'starting_at'),
        quantity: digits(tier, 'quantity'),
        unitPrice: usdCents(tier, 'price'),
        subtotal: usdCents(tier, 'subtotal'),
      })),
    })),
  };
}

function daysLater(instant: string, days: number): string {
  const date = new Date(instant);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString();
}
