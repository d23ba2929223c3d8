import Big from 'big.js';
import type { Company } from '../dataset/companies.ts';
import { addUtcDays, addUtcMonths } from '../sandbox-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { convertedQuantity, meteredAmount, type ServicePeriod } from './metered-quantity.ts';
import type { ChargeDefinition } from './plan-definition.ts';
import { priceByTier } from './tier-pricing.ts';
import type { InvoiceSubLineItem } from './wire-types.ts';
import { wireSeconds } from './wire-time.ts';

/** For whom and when a charge is priced. */
export interface ChargeContext {
  readonly company: Company;
  readonly period: ServicePeriod;
  readonly now: Date;
  /** The group the line is for; undefined when the charge is not grouped. */
  readonly groupValue: string | null | undefined;
}

/** The sub line items of a usage charge: one, with tiers if the charge has them (metronome.md section 8.2). */
export function usageSubLines(definition: ChargeDefinition, context: ChargeContext): InvoiceSubLineItem[] {
  const { charge } = definition;
  const { period } = context;
  const quantity = quantityOf(definition, context, period.start);
  const [first] = charge.prices;
  if (charge.prices.length === 1 && first !== undefined) {
    return [pricedSubLine(definition, quantity, first.value)];
  }
  const frequency = charge.tier_reset_frequency ?? 1;
  const periodsBefore = period.index % frequency;
  let counted = new Big(0);
  for (let back = periodsBefore; back > 0; back -= 1) {
    counted = counted.plus(quantityOf(definition, context, addUtcMonths(period.start, -back)));
  }
  const windowStart = addUtcMonths(period.start, -periodsBefore);
  return [
    {
      ...subLineBase(definition, quantity),
      ...priceByTier(charge.prices, quantity, counted),
      tier_period: {
        starting_at: wireSeconds(windowStart),
        ending_before: wireSeconds(addUtcMonths(windowStart, frequency)),
      },
    },
  ];
}

/** The sub line item of a fixed charge. */
export function fixedSubLines(definition: ChargeDefinition): InvoiceSubLineItem[] {
  return definition.charge.prices.map((price) =>
    pricedSubLine(definition, definition.charge.quantity ?? new Big(1), price.value),
  );
}

/** The sub line items of a seat charge: the seats of the whole period, for some also seats added half-way. */
export function seatSubLines(definition: ChargeDefinition, context: ChargeContext): InvoiceSubLineItem[] {
  const { company, period } = context;
  const price = definition.charge.prices[0]?.value ?? new Big(0);
  const whole: InvoiceSubLineItem = {
    ...pricedSubLine(definition, quantityOf(definition, context, period.start), price),
    start_date: wireSeconds(period.start),
    end_date: wireSeconds(period.end),
  };
  const random = seededRandom(
    `added-seats:${company.index}:${definition.charge.id}:${period.start.getTime()}`,
  );
  if (!random.chance(0.3)) return [whole];
  const added: InvoiceSubLineItem = {
    // Seats added in the middle of a period cost half of it.
    ...pricedSubLine(definition, new Big(random.integer(1, 4)), price.times('0.5')),
    start_date: wireSeconds(addUtcDays(period.start, 15)),
    end_date: wireSeconds(period.end),
  };
  return [whole, added];
}

/** The sub line item of a composite charge: a share of what the usage lines come to. */
export function compositeSubLines(definition: ChargeDefinition, usageTotal: Big): InvoiceSubLineItem[] {
  return definition.charge.prices.map((price) => pricedSubLine(definition, usageTotal, price.value));
}

function quantityOf(definition: ChargeDefinition, context: ChargeContext, periodStart: Date): Big {
  return convertedQuantity(
    meteredAmount({
      companyIndex: context.company.index,
      definition,
      groupValue: context.groupValue,
      periodStart,
      periodEnd: addUtcMonths(periodStart, 1),
      now: context.now,
    }),
    definition,
  );
}

function pricedSubLine(definition: ChargeDefinition, quantity: Big, price: Big): InvoiceSubLineItem {
  return {
    ...subLineBase(definition, quantity),
    subtotal: quantity.times(price),
    // metronome.md section 8.2: a price only where the quantity is not zero.
    ...(quantity.eq(0) ? {} : { price }),
  };
}

function subLineBase(
  { charge }: ChargeDefinition,
  quantity: Big,
): Pick<InvoiceSubLineItem, 'name' | 'quantity' | 'custom_fields'> & { charge_id: string } {
  return { name: charge.name, quantity, custom_fields: charge.custom_fields, charge_id: charge.id };
}
