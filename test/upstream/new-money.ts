import type { NewFiat, NewMoney } from '../../src/domain/mutation/new-charge.ts';
import { isCurrencyCode } from '../../src/money/currency.ts';
import { decimal } from '../domain/mutation/charge-inputs.ts';

/** An amount of a currency, in major units. */
export function fiat(amount: string, currency = 'USD'): NewFiat {
  if (!isCurrencyCode(currency)) throw new Error(`${currency} is refused`);
  return { kind: 'FIAT', amount: decimal(amount), currency };
}

/** An amount of a custom pricing unit. */
export function units(amount: string, pricingUnitId = 'unit-tokens'): NewMoney {
  return { kind: 'CUSTOM', amount: decimal(amount), pricingUnitId };
}
