/** A currency of the sandbox's data. */
export type MapleCurrency = 'USD' | 'EUR' | 'JPY' | 'KWD';

/** `Money` on the wire: whole minor units of the currency by ISO 4217 (maple.md section 1.1). */
export interface WireMoney {
  readonly currency: string;
  readonly value_in_cents: bigint;
}

/** Money of `minorUnits` (KWD has three decimal digits, JPY none). */
export function wireMoney(minorUnits: bigint, currency: string): WireMoney {
  return { currency, value_in_cents: minorUnits };
}

/** `amount` times `numerator / denominator` in whole minor units, halves away from zero; `denominator` is positive. */
export function scaleMinor(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  const product = amount * numerator;
  const half = product < 0n ? -denominator : denominator;
  return (product * 2n + half) / (denominator * 2n);
}
