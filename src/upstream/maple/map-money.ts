import { isCurrencyCode } from '../../money/currency.ts';
import { moneyOfMinor, type Money } from '../../money/money.ts';
import type { FiatUnit } from '../../money/pricing-unit.ts';
import { decimalOf, invalidField } from '../http/wire-values.ts';
import type { MapleMoney } from './wire.gen.ts';

/** The unit of a currency; null for a text that is not an ISO 4217 code in upper case. */
export function fiatUnitOf(currency: string | null | undefined): FiatUnit | null {
  if (currency === null || currency === undefined || !isCurrencyCode(currency)) return null;
  return { kind: 'FIAT', name: currency, currency, providerId: null };
}

/**
 * Money from Maple's, which counts in the currency's minor unit by ISO 4217 (maple.md section 1.1).
 *
 * @param field its name with the resource: `invoice.total`
 * @throws UpstreamInvalidResponseError naming the field for a currency that ISO 4217 does not know
 */
export function moneyFrom(money: MapleMoney, field: string): Money {
  const unit = fiatUnitOf(money.currency);
  if (unit === null) throw invalidField('MAPLE', `${field}.currency`);
  return moneyOfMinor(decimalOf('MAPLE', money.value_in_cents, `${field}.value_in_cents`), unit);
}

/**
 * Money that may be absent; null where it is.
 *
 * @throws UpstreamInvalidResponseError naming the field for a currency that ISO 4217 does not know
 */
export function optionalMoney(money: MapleMoney | null | undefined, field: string): Money | null {
  return money === null || money === undefined ? null : moneyFrom(money, field);
}

/**
 * Money that the model requires.
 *
 * @throws UpstreamInvalidResponseError naming the field where it is absent or in an unknown currency
 */
export function requiredMoney(money: MapleMoney | null | undefined, field: string): Money {
  if (money === null || money === undefined) throw invalidField('MAPLE', field);
  return moneyFrom(money, field);
}
