import { describe, expect, it } from 'vitest';
import { parseWireTime, wireMilliseconds, wireSeconds } from '../../../src/sandbox/metronome/wire-time.ts';

describe('timestamps of the Metronome sandbox', () => {
  it('are written in UTC, with and without milliseconds', () => {
    const instant = new Date('2026-05-01T02:00:00.5+02:00');
    expect(wireSeconds(instant)).toBe('2026-05-01T00:00:00Z');
    expect(wireMilliseconds(instant)).toBe('2026-05-01T00:00:00.500Z');
  });

  it.each([
    ['2026-05-01T00:00:00Z', '2026-05-01T00:00:00.000Z'],
    ['2026-05-01t00:00:00.25z', '2026-05-01T00:00:00.250Z'],
    ['2026-04-30T20:00:00-04:00', '2026-05-01T00:00:00.000Z'],
  ])('are read as RFC 3339: %s', (text, expected) => {
    expect(parseWireTime(text)?.toISOString()).toBe(expected);
  });

  it.each([
    '2026-05-01',
    '2026-05-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '2026-05-01T25:00:00Z',
    'May 1 2026',
    '',
  ])('are refused when they are not: "%s"', (text) => {
    expect(parseWireTime(text)).toBeUndefined();
  });
});
