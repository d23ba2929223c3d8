import type { Cost, CostAmount } from '../../domain/cost/cost.ts';
import { instantOf, invalidField } from '../http/wire-values.ts';
import { metronomeMoney } from './map-money.ts';
import type { MetronomeCostByCreditType, MetronomeCostWindow } from './wire.gen.ts';

/** Finds the name of a pricing unit by its id; null when Metronome lists no such unit, or does not name it. */
export type PricingUnitNames = (creditTypeId: string) => Promise<string | null>;

/**
 * The pending costs of one day, one amount per credit type in Metronome's order (metronome.md section 6).
 *
 * @param nameOf asked only for units that the row leaves nameless
 * @throws UpstreamInvalidResponseError for a cost without amount or unit, and for numbers and timestamps that the model
 *   has no form for
 */
export async function costOf(
  row: MetronomeCostWindow,
  customerId: string,
  nameOf: PricingUnitNames,
): Promise<Cost> {
  return {
    provider: 'METRONOME',
    customer: { provider: 'METRONOME', providerId: customerId },
    basis: 'DAILY_USAGE',
    from: instantOf('METRONOME', row.start_timestamp, 'cost.start_timestamp'),
    to: instantOf('METRONOME', row.end_timestamp, 'cost.end_timestamp'),
    amounts: await Promise.all(
      Object.entries(row.credit_types).map(([id, entry]) => amountOf(id, entry, nameOf)),
    ),
  };
}

async function amountOf(
  id: string,
  entry: MetronomeCostByCreditType,
  nameOf: PricingUnitNames,
): Promise<CostAmount> {
  const name = entry.name ?? (await nameOf(id));
  if (name === null) throw invalidField('METRONOME', 'cost.credit_types.name');
  const { cost } = entry;
  if (cost === null || cost === undefined) throw invalidField('METRONOME', 'cost.credit_types.cost');
  const creditType = { id, name };
  return {
    total: metronomeMoney(cost, creditType, 'cost.credit_types.cost'),
    lineItems: (entry.line_item_breakdown ?? []).map((item) => ({
      name: item.name,
      cost: metronomeMoney(item.cost, creditType, 'cost.credit_types.line_item_breakdown.cost'),
      groupKey: item.group_key ?? null,
      groupValue: item.group_value ?? null,
    })),
  };
}
