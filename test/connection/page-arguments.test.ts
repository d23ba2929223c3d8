import { describe, expect, it } from 'vitest';
import { pageSize } from '../../src/connection/page-arguments.ts';
import { BadUserInputError } from '../../src/errors/gateway-error.ts';

describe('pageSize', () => {
  it.each([null, undefined])('is the default for %s', (first) => {
    expect(pageSize(first, 20)).toBe(20);
  });

  it.each([0, 1, 100])('takes %i', (first) => {
    expect(pageSize(first, 20)).toBe(first);
  });

  it.each([-1, 101, -2147483648, 2147483647])('refuses %i', (first) => {
    expect(() => pageSize(first, 20)).toThrow(BadUserInputError);
  });
});
