const OFFSET_MS = 4 * 3_600_000;

/**
 * An instant as RFC 3339. `variant` (any whole number from 0) chooses the spelling: with the `-04:00` offset and
 * six fractional digits of the guide's sample, in UTC without a fraction, or in UTC with one (maple.md section 1).
 * The fraction is left out only where it is zero.
 */
export function wireTimestamp(instant: Date, variant: number): string {
  switch (variant % 3) {
    case 1:
      return new Date(instant.getTime() - OFFSET_MS).toISOString().replace('Z', '000-04:00');
    case 2:
      return instant.toISOString();
    default:
      return instant.toISOString().replace('.000Z', 'Z');
  }
}

/** As `wireTimestamp`, null where there is no instant. */
export function wireTimestampOrNull(instant: Date | null, variant: number): string | null {
  return instant === null ? null : wireTimestamp(instant, variant);
}
