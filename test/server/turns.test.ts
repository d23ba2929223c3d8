import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns, type TakeTurn } from '../../src/server/turns.ts';

function work(forMs: number): void {
  const until = performance.now() + forMs;
  while (performance.now() < until);
}

/** The order in which pieces go on, and others get the loop, once a slice has been used up. */
async function inTurns(
  takeTurn: TakeTurn,
  names: readonly string[],
  eachMs: number,
): Promise<readonly string[]> {
  const order: string[] = [];
  void takeTurn();
  work(51);
  const pieces = names.map(async (name) => {
    await takeTurn();
    work(eachMs);
    order.push(name);
  });
  const others = (async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await setImmediate();
      order.push('other');
    }
  })();
  await Promise.all([...pieces, others]);
  return order;
}

describe('turns', () => {
  it('let work go on at once while little has been done', () => {
    const takeTurn = createTurns(1000);
    expect([takeTurn(), takeTurn(), takeTurn()]).toEqual([null, null, null]);
  });

  it('give the loop back once a slice of time has been used up', async () => {
    const takeTurn = createTurns(5);
    const order = await inTurns(takeTurn, ['a', 'b', 'c'], 6);
    expect(order.join(' ')).toMatch(/a other b other c/);
  });

  it('let as many go on in one turn of the loop as fit in a slice', async () => {
    const takeTurn = createTurns(50);
    const order = await inTurns(takeTurn, ['a', 'b', 'c'], 1);
    expect(order.join(' ')).toMatch(/a b c/);
  });

  it('keep whoever comes later behind those that wait', async () => {
    const takeTurn = createTurns(5);
    void takeTurn();
    work(6);
    const order: string[] = [];
    const first = (async () => {
      await takeTurn();
      work(6);
      order.push('first');
    })();
    const second = (async () => {
      await takeTurn();
      order.push('second');
    })();
    await first;
    await takeTurn();
    order.push('third');
    await second;
    expect(order).toEqual(['first', 'second', 'third']);
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
