import { metronomeId } from './metronome-id.ts';
import type { CreditType } from './wire-types.ts';

/** USD counted in cents; its id is the same in every account (metronome.md section 1.8). */
export const USD_CENTS: CreditType = { id: '2714e483-4ff1-48e4-9e25-ac732e8f24f2', name: 'USD (cents)' };

/** EUR counted in whole euros, as every fiat unit but USD is. */
export const EUR: CreditType = { id: metronomeId('credit-type', 1), name: 'EUR' };

/** A custom unit that counts itself. */
export const COMPUTE_TOKENS: CreditType = { id: metronomeId('credit-type', 2), name: 'compute tokens' };

/** A row of GET /v1/credit-types/list (metronome.md section 10). */
export interface PricingUnit extends CreditType {
  readonly is_currency: boolean;
}

/** Every unit of the account, fiat and custom together; no plan uses the last two. */
export const PRICING_UNITS: readonly PricingUnit[] = [
  { ...USD_CENTS, is_currency: true },
  { ...EUR, is_currency: true },
  { ...COMPUTE_TOKENS, is_currency: false },
  { id: metronomeId('credit-type', 3), name: 'GBP', is_currency: true },
  { id: metronomeId('credit-type', 4), name: 'render credits', is_currency: false },
];
