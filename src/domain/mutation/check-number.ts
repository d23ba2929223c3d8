import { compareDecimals, digitCount, movePoint, ZERO, type Decimal } from '../../money/decimal.ts';
import { InvalidInputFault } from './invalid-input-fault.ts';

/** So many decimal digits survive the way through a double; most JSON parsers read doubles (metronome.md section 17). */
const MAX_SENT_DIGITS = 15;

/** A fault where the number that is sent has more digits than every JSON parser keeps. */
export function checkSentDigits(sent: Decimal, field: string): void {
  if (digitCount(sent) <= MAX_SENT_DIGITS) return;
  const complaint = `must have at most ${MAX_SENT_DIGITS} digits in the scale that the provider counts in`;
  throw new InvalidInputFault(field, `${complaint}: more could be rounded there`);
}

/** A number of zero or more that is sent as it is, in its shortest spelling. */
function checkCount(value: Decimal, field: string): Decimal {
  if (compareDecimals(value, ZERO) < 0) throw new InvalidInputFault(field, 'must not be negative');
  const shortest = movePoint(value, 0);
  checkSentDigits(shortest, field);
  return shortest;
}

/** The same for a number that may be left out. */
export function optionalCount(value: Decimal | null | undefined, field: string): Decimal | null {
  return value === null || value === undefined ? null : checkCount(value, field);
}

/** A quantity to charge, in its shortest spelling. */
export function checkQuantity(quantity: Decimal, field: string): Decimal {
  if (compareDecimals(quantity, ZERO) <= 0) throw new InvalidInputFault(field, 'must be more than zero');
  return checkCount(quantity, field);
}
