import Big from 'big.js';
import type { CompanyPlan } from './customer-plans.ts';
import type { ChargeDefinition } from './plan-definition.ts';
import {
  compositeSubLines,
  fixedSubLines,
  seatSubLines,
  usageSubLines,
  type ChargeContext,
} from './plan-sub-lines.ts';
import type {
  ChargeType,
  CreditType,
  InvoiceLineItem,
  InvoiceSubLineItem,
  PlanCharge,
} from './wire-types.ts';

/**
 * The line items of a period on a plan: one per product, for grouped charges one per product and group value, in the
 * plan's order. Minimum charges give no line; they show as adjustments (metronome.md section 2).
 */
export function planLineItems(
  companyPlan: CompanyPlan,
  context: Omit<ChargeContext, 'groupValue'>,
): readonly InvoiceLineItem[] {
  const charges = chargesInForce(companyPlan.plan.charges, context.period.index);
  const usageTotal = sum(
    charges
      .filter(({ charge }) => charge.charge_type === 'usage')
      .flatMap((definition) =>
        groupValues(definition).flatMap((groupValue) =>
          usageSubLines(definition, { ...context, groupValue }),
        ),
      )
      .map((subLine) => subLine.subtotal),
  );
  const lines = new Map<string, InvoiceLineItem>();
  for (const definition of charges) {
    for (const groupValue of groupValues(definition)) {
      const subLines = subLinesOf(definition, { ...context, groupValue }, usageTotal);
      if (subLines.length === 0) continue;
      const key = `${definition.charge.product_id}:${String(groupValue)}:${lineType(definition.charge.charge_type)}`;
      const earlier = lines.get(key)?.sub_line_items ?? [];
      lines.set(
        key,
        lineItem(definition, groupValue, companyPlan.plan.creditType, [...earlier, ...subLines]),
      );
    }
  }
  return [...lines.values()];
}

/** The line that a one-time charge becomes: its product's, with one sub line item (metronome.md section 7). */
export function oneTimeLineItem(
  charge: PlanCharge,
  creditType: CreditType,
  entry: { readonly description: string; readonly price: Big; readonly quantity: Big },
): InvoiceLineItem {
  const subtotal = entry.price.times(entry.quantity);
  return {
    name: charge.product_name,
    total: subtotal,
    type: 'scheduled',
    credit_type: creditType,
    product_id: charge.product_id,
    sub_line_items: [
      {
        name: entry.description,
        quantity: entry.quantity,
        subtotal,
        custom_fields: charge.custom_fields,
        ...(entry.quantity.eq(0) ? {} : { price: entry.price }),
        charge_id: charge.id,
      },
    ],
  };
}

/** The exact sum of amounts in one unit. */
export function sum(amounts: readonly Big[]): Big {
  return amounts.reduce((total, amount) => total.plus(amount), new Big(0));
}

/** Of charges that differ only in their start period, the one that has begun last (price ramps). */
function chargesInForce(
  charges: readonly ChargeDefinition[],
  periodIndex: number,
): readonly ChargeDefinition[] {
  const inForce = new Map<string, ChargeDefinition>();
  for (const definition of charges) {
    const { charge } = definition;
    const key = `${charge.product_id}:${charge.name}`;
    const startPeriod = charge.start_period ?? 0;
    if (startPeriod > periodIndex || startPeriod < (inForce.get(key)?.charge.start_period ?? 0)) continue;
    inForce.set(key, definition);
  }
  return [...inForce.values()];
}

function groupValues(definition: ChargeDefinition): readonly (string | null | undefined)[] {
  return definition.usage.groups?.values ?? [undefined];
}

function subLinesOf(
  definition: ChargeDefinition,
  context: ChargeContext,
  usageTotal: Big,
): readonly InvoiceSubLineItem[] {
  switch (definition.charge.charge_type) {
    case 'usage':
      return usageSubLines(definition, context);
    case 'fixed':
      return fixedSubLines(definition);
    case 'seat':
      return seatSubLines(definition, context);
    case 'composite':
      return compositeSubLines(definition, usageTotal);
    case 'minimum':
      return [];
  }
}

function lineItem(
  { charge, usage }: ChargeDefinition,
  groupValue: string | null | undefined,
  creditType: CreditType,
  subLines: readonly InvoiceSubLineItem[],
): InvoiceLineItem {
  return {
    name: charge.product_name,
    total: sum(subLines.map((subLine) => subLine.subtotal)),
    type: lineType(charge.charge_type),
    credit_type: creditType,
    product_id: charge.product_id,
    ...(usage.groups !== undefined && groupValue !== undefined
      ? { group_key: usage.groups.key, group_value: groupValue }
      : {}),
    sub_line_items: subLines,
  };
}

/** Inferred: metronome.md section 8.2 leaves open which `type` a Plans line carries; these are the known words. */
function lineType(chargeType: ChargeType): 'usage' | 'subscription' {
  return chargeType === 'usage' || chargeType === 'composite' ? 'usage' : 'subscription';
}
