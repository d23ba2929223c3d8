import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../../../src/upstream/http/retry-budget.ts';

function spendAll(budget: RetryBudget): number {
  let spent = 0;
  while (budget.spend()) spent += 1;
  return spent;
}

describe('a retry budget', () => {
  it('allows ten without any call', () => {
    expect(spendAll(new RetryBudget(() => 0))).toBe(10);
  });

  it('allows one more for every five calls', () => {
    const budget = new RetryBudget(() => 0);
    spendAll(budget);
    let spent = 0;
    for (let call = 0; call < 1000; call += 1) {
      budget.earn();
      if (budget.spend()) spent += 1;
    }
    expect(spent).toBeGreaterThanOrEqual(199);
    expect(spent).toBeLessThanOrEqual(200);
  });

  it('keeps what calls have earned, up to a bound', () => {
    const budget = new RetryBudget(() => 0);
    for (let call = 0; call < 10_000; call += 1) budget.earn();
    expect(spendAll(budget)).toBe(64);
  });

  it('comes back by one a second where there is little to do, up to ten', () => {
    let nowMs = 5;
    const budget = new RetryBudget(() => nowMs);
    spendAll(budget);
    nowMs += 3000;
    expect(spendAll(budget)).toBe(3);
    nowMs += 3_600_000;
    expect(spendAll(budget)).toBe(10);
  });
});
