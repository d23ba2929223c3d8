import { codes, code as isoEntry } from 'currency-codes';

/** An ISO 4217 currency code, upper case. */
export type CurrencyCode = string & { readonly [currencyBrand]: true };
declare const currencyBrand: unique symbol;

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map(
  codes().map((code) => [code, isoEntry(code)?.digits ?? 0]),
);

/** Whether a text is an ISO 4217 code in upper case. */
export function isCurrencyCode(text: string): text is CurrencyCode {
  return MINOR_DIGITS.has(text);
}

/** How many decimal digits the currency's minor unit has by ISO 4217: USD 2, JPY 0, KWD 3. */
export function minorDigits(currency: CurrencyCode): number {
  const digits = MINOR_DIGITS.get(currency);
  if (digits === undefined) throw new RangeError('not an ISO 4217 code');
  return digits;
}
