import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/server/turns.ts';

function work(forMs: number): void {
  const until = performance.now() + forMs;
  while (performance.now() < until);
}

describe('turns', () => {
  it('let work go on at once while little has been done', () => {
    const takeTurn = createTurns(1000);
    expect([takeTurn(), takeTurn(), takeTurn()]).toEqual([null, null, null]);
  });

  it('give the loop back after each piece once a slice of time has been used up', async () => {
    const takeTurn = createTurns(5);
    const order: string[] = [];
    void takeTurn();
    work(6);
    const pieces = ['a', 'b', 'c'].map(async (name) => {
      await takeTurn();
      order.push(name);
    });
    const others = (async () => {
      for (let turn = 0; turn < 4; turn += 1) {
        await setImmediate();
        order.push('other');
      }
    })();
    await Promise.all([...pieces, others]);
    expect(order.join(' ')).toMatch(/a other b other c/);
  });

  it('let work go on at once again in a later turn of the loop', async () => {
    const takeTurn = createTurns(5);
    void takeTurn();
    work(6);
    await takeTurn();
    await setImmediate();
    await setImmediate();
    expect(takeTurn()).toBeNull();
  });
});
