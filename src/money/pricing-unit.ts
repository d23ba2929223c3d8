import type { CurrencyCode } from './currency.ts';

/** What an amount counts: a currency, or a unit that one provider's account has made up (credits, tokens). */
export type PricingUnit = FiatUnit | CustomUnit;

/** A currency. */
export interface FiatUnit {
  readonly kind: 'FIAT';
  /** As the provider calls it: `USD (cents)`, `EUR`. The name does not change the scale of a Money. */
  readonly name: string;
  readonly currency: CurrencyCode;
  /** The provider's id of the unit; null where it has none. */
  readonly providerId: string | null;
}

/** A custom pricing unit, which has no value in any currency. */
export interface CustomUnit {
  readonly kind: 'CUSTOM';
  readonly name: string;
  readonly currency: null;
  readonly providerId: string;
}

/** Amounts may be added exactly when the keys of their units are equal. */
export function unitKey(unit: PricingUnit): string {
  return unit.kind === 'FIAT' ? `FIAT ${unit.currency}` : `CUSTOM ${unit.providerId}`;
}
