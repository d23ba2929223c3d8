/** The instant at which the sandbox's data stands still unless told otherwise. */
export const DEFAULT_SANDBOX_NOW = new Date('2026-06-15T12:00:00Z');

/** Length of a UTC day; UTC has no daylight saving time, so every day has this length. */
export const DAY_MS = 86_400_000;

/** Midnight UTC of the day that contains `instant`. */
export function startOfUtcDay(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

/** Midnight UTC of the first day of the month that contains `instant`. */
export function startOfUtcMonth(instant: Date): Date {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), 1));
}

/** `instant` moved by whole days; negative counts go back. */
export function addUtcDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}

/**
 * `instant` moved by whole calendar months; negative counts go back. A day that the target month lacks becomes
 * that month's last day (31 January plus one month is 28 or 29 February).
 */
export function addUtcMonths(instant: Date, months: number): Date {
  const firstOfTarget = new Date(instant);
  firstOfTarget.setUTCDate(1);
  firstOfTarget.setUTCMonth(firstOfTarget.getUTCMonth() + months);
  const lastDay = new Date(
    Date.UTC(firstOfTarget.getUTCFullYear(), firstOfTarget.getUTCMonth() + 1, 0),
  ).getUTCDate();
  firstOfTarget.setUTCDate(Math.min(instant.getUTCDate(), lastDay));
  return firstOfTarget;
}
