import Big from 'big.js';

/** A discount on an invoice of one-time charges. */
export interface Discount {
  /** What it takes off: minor units, or a fraction of the sum of the charges. */
  readonly value:
    | { readonly kind: 'amount'; readonly amount: bigint }
    | { readonly kind: 'fraction'; readonly fraction: Big };
  /** The most that it takes off, in minor units; null where it has no bound. */
  readonly cap: bigint | null;
}

/**
 * What is left of a sum in minor units: each discount is reckoned of the whole sum, fractions of a minor unit are rounded
 * half up, and never more is taken off than there is. No reference states any of this. A sum below zero stays.
 */
export function discountedTotal(sum: bigint, discounts: readonly Discount[]): bigint {
  if (sum <= 0n) return sum;
  const off = discounts.reduce((all, discount) => all + takenOff(sum, discount), 0n);
  return off < sum ? sum - off : 0n;
}

function takenOff(sum: bigint, { value, cap }: Discount): bigint {
  const off =
    value.kind === 'amount'
      ? value.amount
      : BigInt(value.fraction.times(sum.toString()).round(0, Big.roundHalfUp).toFixed(0));
  return cap !== null && cap < off ? cap : off;
}
