import type { ChargeKind, PlanCharge, UnitConversion } from '../../domain/charge/charge.ts';
import type { PlanRef } from '../../domain/plan/plan.ts';
import { decimalOf, jsonObjectOf, optionalDecimal, optionalInt } from '../http/wire-values.ts';
import { pricingOf } from './map-pricing.ts';
import type { MetronomePlanCharge, MetronomeUnitConversion } from './wire.gen.ts';

/**
 * A component of a plan's price.
 *
 * @throws UpstreamInvalidResponseError for numbers that the model has no form for
 */
export function planChargeOf(row: MetronomePlanCharge, plan: PlanRef): PlanCharge {
  return {
    type: 'PlanCharge',
    provider: 'METRONOME',
    providerId: row.id,
    plan,
    name: row.name,
    product: { provider: 'METRONOME', providerId: row.product_id, name: row.product_name },
    customFields: jsonObjectOf(row.custom_fields),
    kind: kindOf(row.charge_type),
    providerKind: row.charge_type,
    pricing: pricingOf(row.prices, row.credit_type),
    quantity: optionalDecimal('METRONOME', row.quantity, 'plan_charge.quantity'),
    startPeriod: optionalInt('METRONOME', row.start_period, 'plan_charge.start_period'),
    tierResetFrequency: optionalInt(
      'METRONOME',
      row.tier_reset_frequency,
      'plan_charge.tier_reset_frequency',
    ),
    unitConversion: conversionOf(row.unit_conversion ?? null),
    minimumSpend: null,
    basePrice: null,
  };
}

/** Spellings differ in case (metronome.md section 1.10). */
function kindOf(chargeType: string): ChargeKind {
  const word = chargeType.toUpperCase();
  switch (word) {
    case 'USAGE':
    case 'FIXED':
    case 'COMPOSITE':
    case 'MINIMUM':
    case 'SEAT':
      return word;
    default:
      return 'OTHER';
  }
}

function conversionOf(conversion: MetronomeUnitConversion | null): UnitConversion | null {
  if (conversion === null) return null;
  const field = 'plan_charge.unit_conversion.division_factor';
  const providerRounding = conversion.rounding_behavior ?? null;
  return {
    divisionFactor: decimalOf('METRONOME', conversion.division_factor, field),
    rounding: roundingOf(providerRounding),
    providerRounding,
  };
}

function roundingOf(behavior: string | null): UnitConversion['rounding'] {
  const word = behavior?.toUpperCase();
  return word === 'FLOOR' || word === 'CEILING' ? word : null;
}
