import Big from 'big.js';
import { addUtcDays, DAY_MS, startOfUtcDay } from '../sandbox-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { sum } from './line-items.ts';
import { elapsedDays } from './metered-quantity.ts';
import type { CostWindow, Invoice, InvoiceLineItem } from './wire-types.ts';
import { parseWireTime, wireSeconds } from './wire-time.ts';

/** Digits after the point of a day's share; the last day takes what rounding leaves over. */
const SHARE_DIGITS = 4;

/** The first UTC day that starts at or after `instant`. */
export function firstDayFrom(instant: Date): Date {
  const day = startOfUtcDay(instant);
  return day < instant ? addUtcDays(day, 1) : day;
}

/**
 * The costs of one UTC day (metronome.md section 6). Pending are the days of the draft invoice's period up to the
 * clock; together they come to the draft's recurring lines. Any other day has no costs: an empty map.
 */
export function dailyCosts(draft: Invoice | undefined, day: Date, now: Date): CostWindow {
  const window = { start_timestamp: wireSeconds(day), end_timestamp: wireSeconds(addUtcDays(day, 1)) };
  const start = parseWireTime(draft?.start_timestamp ?? '');
  const end = parseWireTime(draft?.end_timestamp ?? '');
  if (draft === undefined || start === undefined || end === undefined) return { ...window, credit_types: {} };
  const dayCount = elapsedDays(start, end, now);
  const dayIndex = Math.floor((day.getTime() - start.getTime()) / DAY_MS);
  if (dayIndex < 0 || dayIndex >= dayCount) return { ...window, credit_types: {} };

  const breakdown = draft.line_items
    // A one-time charge is not a day's cost.
    .filter((line) => line.type !== 'scheduled')
    .map((line, position) => ({
      name: line.name,
      cost: shareOfDay(line, `${draft.id}:${position}`, dayIndex, dayCount),
      ...(line.group_key !== undefined && {
        group_key: line.group_key,
        group_value: line.group_value ?? null,
      }),
    }));
  const cost = sum(breakdown.map((line) => line.cost));
  const { id, name } = draft.credit_type;
  return { ...window, credit_types: { [id]: { name, cost, line_item_breakdown: breakdown } } };
}

function shareOfDay(line: InvoiceLineItem, seed: string, dayIndex: number, dayCount: number): Big {
  const random = seededRandom(`daily-costs:${seed}`);
  const weights = Array.from({ length: dayCount }, () => random.integer(50, 150));
  const total = weights.reduce((weight, next) => weight + next, 0);
  const shareOf = (weight: number): Big =>
    line.total.times(weight).div(total).round(SHARE_DIGITS, Big.roundDown);
  if (dayIndex < dayCount - 1) return shareOf(weights[dayIndex] ?? 0);
  return line.total.minus(sum(weights.slice(0, -1).map(shareOf)));
}
