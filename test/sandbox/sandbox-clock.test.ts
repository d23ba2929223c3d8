import { describe, expect, it } from 'vitest';
import { addUtcDays, addUtcMonths, startOfUtcDay, startOfUtcMonth } from '../../src/sandbox/sandbox-clock.ts';

describe('sandbox clock', () => {
  const instant = new Date('2024-01-31T23:59:59.999Z');

  it('finds the start of day and month in UTC', () => {
    expect(startOfUtcDay(instant).toISOString()).toBe('2024-01-31T00:00:00.000Z');
    expect(startOfUtcMonth(instant).toISOString()).toBe('2024-01-01T00:00:00.000Z');
    expect(startOfUtcDay(new Date('1969-12-31T01:00:00Z')).toISOString()).toBe('1969-12-31T00:00:00.000Z');
  });

  it.each([
    [1, '2024-02-29'],
    [2, '2024-03-31'],
    [13, '2025-02-28'],
    [-2, '2023-11-30'],
    [0, '2024-01-31'],
  ])('moves 31 January 2024 by %i months to %s', (months, expected) => {
    expect(addUtcMonths(instant, months).toISOString()).toBe(`${expected}T23:59:59.999Z`);
  });

  it('moves by days', () => {
    expect(addUtcDays(instant, 30).toISOString()).toBe('2024-03-01T23:59:59.999Z');
    expect(addUtcDays(instant, -31).toISOString()).toBe('2023-12-31T23:59:59.999Z');
  });
});
