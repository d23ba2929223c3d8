import { addUtcDays, startOfUtcDay } from '../../sandbox-clock.ts';

const OLDEST_DAYS = 1_600;

/** When the catalogue's row at `position` was made: two rows a day, of equal instants, years before `now`. */
export function catalogCreatedAt(now: Date, position: number): Date {
  return addUtcDays(startOfUtcDay(now), Math.floor(position / 2) - OLDEST_DAYS);
}

/** When that row was last changed: later rows first, so that the order differs from that of creation. */
export function catalogUpdatedAt(now: Date, position: number): Date {
  return addUtcDays(startOfUtcDay(now), -position - 30);
}
