import Big from 'big.js';
import { metronomeId } from './metronome-id.ts';
import type {
  ChargeType,
  CreditType,
  CustomFields,
  PlanCharge,
  PlanChargePrice,
  PlanCreditGrant,
  PlanDetail,
} from './wire-types.ts';

/** How much a customer typically uses of a charge in a month. */
export interface UsageProfile {
  /** Metric amount (or number of seats) of an ordinary month, as a decimal. */
  readonly base: string;
  /** The same amount every month for every customer, instead of half to one and a half times the base. */
  readonly constant?: boolean;
  /** Splits the charge into one line item per value. */
  readonly groups?: { readonly key: string; readonly values: readonly (string | null)[] };
}

/** A charge with what the sandbox needs to make invoices from it. */
export interface ChargeDefinition {
  readonly charge: PlanCharge;
  readonly usage: UsageProfile;
}

/** A plan with its charges; all of them are counted in `creditType`. */
export interface PlanDefinition {
  readonly detail: PlanDetail;
  readonly creditType: CreditType;
  readonly charges: readonly ChargeDefinition[];
}

/** Short notation of a charge; amounts are decimal texts in the plan's unit. */
export interface ChargeNotation {
  readonly product: string;
  readonly name: string;
  readonly type: ChargeType;
  /** Unit price, or pairs of the amount a tier starts at and its unit price. */
  readonly price: string | readonly (readonly [startingAt: string, value: string])[];
  readonly usage?: UsageProfile;
  readonly quantity?: string;
  readonly startPeriod?: number;
  readonly tierResetFrequency?: number;
  readonly conversion?: { readonly factor: string; readonly rounding?: 'floor' | 'ceiling' };
  readonly collection?: { readonly schedule: string; readonly interval: number };
  readonly customFields?: CustomFields;
}

/** Short notation of a plan. */
export interface PlanNotation {
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly creditType: CreditType;
  readonly customFields?: CustomFields;
  readonly minimums?: readonly {
    readonly name: string;
    readonly value: string;
    readonly startPeriod: number;
  }[];
  readonly overageRates?: readonly {
    readonly fiat: CreditType;
    readonly factor: string;
    readonly startPeriod: number;
  }[];
  readonly creditGrants?: readonly PlanCreditGrant[];
  readonly charges: readonly ChargeNotation[];
}

/** Writes a plan out in full; ids follow from the plan's index and the names. */
export function definePlan(plan: PlanNotation): PlanDefinition {
  const { creditType } = plan;
  return {
    creditType,
    detail: {
      id: metronomeId('plan', plan.index),
      name: plan.name,
      description: plan.description,
      custom_fields: plan.customFields ?? {},
      ...(plan.minimums && {
        minimums: plan.minimums.map((minimum) => ({
          name: minimum.name,
          value: new Big(minimum.value),
          start_period: minimum.startPeriod,
          credit_type: creditType,
        })),
      }),
      ...(plan.overageRates && {
        overage_rates: plan.overageRates.map((rate) => ({
          credit_type: creditType,
          fiat_credit_type: rate.fiat,
          to_fiat_conversion_factor: new Big(rate.factor),
          start_period: rate.startPeriod,
        })),
      }),
      ...(plan.creditGrants && { credit_grants: plan.creditGrants }),
    },
    charges: plan.charges.map((charge) => ({
      charge: wireCharge(plan, charge),
      usage: charge.usage ?? { base: charge.quantity ?? '1', constant: true },
    })),
  };
}

function wireCharge(plan: PlanNotation, charge: ChargeNotation): PlanCharge {
  return {
    id: metronomeId('charge', plan.index, `${charge.product}:${charge.name}:${charge.startPeriod ?? 0}`),
    name: charge.name,
    charge_type: charge.type,
    product_id: metronomeId('product', plan.index, charge.product),
    product_name: charge.product,
    credit_type: plan.creditType,
    prices: prices(charge),
    custom_fields: charge.customFields ?? {},
    ...(charge.quantity !== undefined && { quantity: new Big(charge.quantity) }),
    ...(charge.startPeriod !== undefined && { start_period: charge.startPeriod }),
    ...(charge.tierResetFrequency !== undefined && { tier_reset_frequency: charge.tierResetFrequency }),
    ...(charge.conversion && {
      unit_conversion: {
        division_factor: new Big(charge.conversion.factor),
        ...(charge.conversion.rounding && { rounding_behavior: charge.conversion.rounding }),
      },
    }),
  };
}

function prices(charge: ChargeNotation): readonly PlanChargePrice[] {
  const tiers = typeof charge.price === 'string' ? ([['0', charge.price]] as const) : charge.price;
  return tiers.map(([startingAt, value]) => ({
    value: new Big(value),
    tier: new Big(startingAt),
    ...(charge.quantity !== undefined && { quantity: new Big(charge.quantity) }),
    ...(charge.collection && {
      collection_schedule: charge.collection.schedule,
      collection_interval: charge.collection.interval,
    }),
  }));
}
