import type { ExactNumber } from '../../json/json-number.ts';
import { isCurrencyCode, type CurrencyCode } from '../../money/currency.ts';
import { moneyOf, moneyOfMinor, type Money } from '../../money/money.ts';
import type { FiatUnit, PricingUnit } from '../../money/pricing-unit.ts';
import { decimalOf } from '../http/wire-values.ts';
import type { MetronomeCreditType } from './wire.gen.ts';

/** The same in every account (metronome.md section 1.8). */
const USD_CENTS_ID = '2714e483-4ff1-48e4-9e25-ac732e8f24f2';
const USD_CENTS_NAME = 'USD (cents)';
const USD = 'USD';
if (!isCurrencyCode(USD)) throw new TypeError('no ISO 4217 code of dollars');
const USD_CENTS: FiatUnit = { kind: 'FIAT', name: USD_CENTS_NAME, currency: USD, providerId: USD_CENTS_ID };

/**
 * The unit that a credit type stands for. Metronome has no currency field, so the name tells: `USD (cents)`, an ISO 4217
 * code, or else a unit of the account's own (metronome.md section 17 point 16).
 */
export function pricingUnitOf(creditType: MetronomeCreditType): PricingUnit {
  const currency = currencyOf(creditType);
  return currency === null
    ? { kind: 'CUSTOM', name: creditType.name, currency: null, providerId: creditType.id }
    : fiatUnit(creditType, currency);
}

/**
 * An amount as Metronome counts it: USD in cents, other fiat in whole units, custom units as they are (metronome.md
 * section 1.8).
 *
 * @param field where the amount stands, for the error
 * @throws UpstreamInvalidResponseError naming the field for a number of more than 100 digits
 */
export function metronomeMoney(amount: ExactNumber, creditType: MetronomeCreditType, field: string): Money {
  const decimal = decimalOf('METRONOME', amount, field);
  const unit = pricingUnitOf(creditType);
  return unit.kind === 'FIAT' && isUsdCents(creditType)
    ? moneyOfMinor(decimal, unit)
    : moneyOf(decimal, unit);
}

/** The same for an amount that may be absent; null where it is. */
export function optionalMoney(
  amount: ExactNumber | null | undefined,
  creditType: MetronomeCreditType,
  field: string,
): Money | null {
  return amount === null || amount === undefined ? null : metronomeMoney(amount, creditType, field);
}

function isUsdCents({ id, name }: MetronomeCreditType): boolean {
  return id === USD_CENTS_ID || name === USD_CENTS_NAME;
}

function currencyOf(creditType: MetronomeCreditType): CurrencyCode | null {
  const code = isUsdCents(creditType) ? 'USD' : creditType.name;
  return isCurrencyCode(code) ? code : null;
}

function fiatUnit({ id, name }: MetronomeCreditType, currency: CurrencyCode): FiatUnit {
  // Nearly all amounts are in it, and a page has thousands.
  if (id === USD_CENTS_ID && name === USD_CENTS_NAME) return USD_CENTS;
  return { kind: 'FIAT', name, currency, providerId: id };
}
