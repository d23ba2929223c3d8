import Big from 'big.js';
import { DAY_MS } from '../sandbox-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import type { ChargeDefinition } from './plan-definition.ts';

/** A service period; the end is exclusive. */
export interface ServicePeriod {
  readonly start: Date;
  readonly end: Date;
  /** 0 for the first period on the plan. */
  readonly index: number;
}

/** What was metered for one company, one charge and one group in a period that began at `periodStart`. */
export interface MeterReading {
  readonly companyIndex: number;
  readonly definition: ChargeDefinition;
  readonly groupValue: string | null | undefined;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly now: Date;
}

/**
 * The metric amount of a period, before any unit conversion: around the charge's usual amount, a whole number. Of a
 * period that still runs only the days that have passed (the clock's day included) count.
 */
export function meteredAmount(reading: MeterReading): Big {
  const { charge, usage } = reading.definition;
  const base = new Big(usage.base);
  if (usage.constant === true) return base;
  const seed = `usage:${reading.companyIndex}:${charge.id}:${String(reading.groupValue)}:${reading.periodStart.getTime()}`;
  const perMille = seededRandom(seed).integer(500, 1500);
  const full = base.times(perMille).div(1000).round(0, Big.roundDown);
  if (charge.charge_type !== 'usage') return full;
  const days = Math.round((reading.periodEnd.getTime() - reading.periodStart.getTime()) / DAY_MS);
  const elapsed = elapsedDays(reading.periodStart, reading.periodEnd, reading.now);
  return full.times(elapsed).div(days).round(0, Big.roundDown);
}

/** How many days of a period have begun at `now`: 0 before it, all of them after it. */
export function elapsedDays(start: Date, end: Date, now: Date): number {
  const until = Math.min(now.getTime(), end.getTime() - 1);
  return Math.max(0, Math.floor((until - start.getTime()) / DAY_MS) + 1);
}

/**
 * A metric amount in the unit the price is for (metronome.md section 4, unit_conversion): rounded as the conversion
 * says, else with up to 20 decimals.
 */
export function convertedQuantity(amount: Big, definition: ChargeDefinition): Big {
  const conversion = definition.charge.unit_conversion;
  if (conversion === undefined) return amount;
  const { division_factor: factor, rounding_behavior: rounding } = conversion;
  const whole = amount.div(factor).round(0, Big.roundDown);
  if (rounding === undefined) return amount.div(factor);
  return rounding === 'ceiling' && whole.times(factor).lt(amount) ? whole.plus(1) : whole;
}
