import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../src/upstream/http/retry-after.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['3', 3000],
    [' 3 ', 3000],
    ['1.5', 1500],
    ['999999999999999', 999_999_999_999_999_000],
    ['Mon, 15 Jun 2026 12:00:07 GMT', 7000],
    ['Monday, 15-Jun-26 12:00:07 GMT', 7000],
    ['Mon, 15 Jun 2026 11:00:00 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('reads %j', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([
    undefined,
    '',
    ' ',
    '-1',
    '+1',
    'NaN',
    'Infinity',
    '1e3',
    '0x10',
    '1,5',
    '3 seconds',
    '9'.repeat(400),
    'soon',
    '2026-06-15T12:00:07Z',
    'Mon, 99 Foo 2026 12:00:07 GMT',
    '١٢',
    ['1', '2'],
  ])('makes nothing of %j', (header) => {
    expect(retryAfterMs(header, NOW)).toBeNull();
  });
});
