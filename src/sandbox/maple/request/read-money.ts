import currencyCodes from 'currency-codes';
import type { InputReader } from './input-reader.ts';

/** An amount that a request holds. */
export interface InputMoney {
  /** Whole minor units of the currency. */
  readonly amount: bigint;
  /** An ISO 4217 code. */
  readonly currency: string;
}

/**
 * The `Money` in a member; undefined where there is none, or where it is no whole number of minor units (maple.md section
 * 1.1). The latter is reported, and the former where it is required.
 */
export function readMoney(input: InputReader, member: string, isRequired: boolean): InputMoney | undefined {
  const money = input.nested(member, ['currency', 'value_in_cents']);
  if (money === undefined) {
    if (isRequired) input.report(member, 'is required');
    return undefined;
  }
  const currency = money.requiredText('currency');
  if (currencyCodes.code(currency)?.code !== currency) money.report('currency', 'must be an ISO 4217 code');
  const value = money.decimal('value_in_cents');
  if (value?.eq(value.round(0)) === true) return { amount: BigInt(value.toFixed(0)), currency };
  money.report('value_in_cents', 'must be a whole number of minor units');
  return undefined;
}
