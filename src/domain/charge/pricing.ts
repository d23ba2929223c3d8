import type { Decimal } from '../../money/decimal.ts';
import type { PricingUnit } from '../../money/pricing-unit.ts';

/** UNKNOWN where the provider names another model; `providerModel` keeps its word. */
export type PricingModel = 'FLAT' | 'GRADUATED' | 'VOLUME' | 'STEP' | 'SCHEDULED' | 'CUSTOM' | 'UNKNOWN';

/**
 * How a charge is priced. Prices are in `unit`: fiat in major units, custom units as they are. A null unit means that
 * the upstream does not state it, and the numbers are then the upstream's, digit for digit.
 */
export interface Pricing {
  readonly model: PricingModel;
  /** The model as the provider spells it; null where it follows from the shape of the prices. */
  readonly providerModel: string | null;
  readonly unit: PricingUnit | null;
  /** Price of one unit; the chosen price of a CUSTOM one. */
  readonly unitPrice: Decimal | null;
  /** Price of one whole step of a STEP one. */
  readonly flatPrice: Decimal | null;
  /** Units in one step of a STEP one. */
  readonly stepSize: Decimal | null;
  /** GRADUATED and VOLUME only; empty for the others. */
  readonly tiers: readonly PriceTier[];
  /** SCHEDULED only: the unit price of each period in turn. */
  readonly unitPriceByPeriod: readonly Decimal[];
  /** CUSTOM only: the bounds within which a unit price may be chosen. */
  readonly minUnitPrice: Decimal | null;
  readonly maxUnitPrice: Decimal | null;
  /** How often it is billed, as the provider spells it (Maple). */
  readonly frequency: string | null;
  /** What the provider says about collecting an untiered price (Metronome). */
  readonly collection: PriceCollection;
}

/** Metronome's remarks on one price (metronome.md section 17 point 9: neither value list nor unit is documented). */
export interface PriceCollection {
  readonly quantity: Decimal | null;
  readonly schedule: string | null;
  readonly interval: Decimal | null;
}

/** What units from `startsAt` (inclusive) to `endsAt` (exclusive; null for the last) cost. */
export interface PriceTier {
  readonly startsAt: Decimal;
  readonly endsAt: Decimal | null;
  readonly unitPrice: Decimal | null;
  readonly flatPrice: Decimal | null;
  readonly collection: PriceCollection;
}

/** A price about whose collection nothing is said. */
export const NO_COLLECTION: PriceCollection = { quantity: null, schedule: null, interval: null };
