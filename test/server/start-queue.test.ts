import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createStartQueue } from '../../src/server/start-queue.ts';

function work(forMs: number): void {
  const until = performance.now() + forMs;
  while (performance.now() < until);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
}

describe('a start queue', () => {
  it('begins at once what comes one by one', async () => {
    const queue = createStartQueue();
    for (let at = 0; at < 5; at += 1) {
      let hasBegun = false;
      queue.add(() => {
        hasBegun = true;
      });
      expect(hasBegun).toBe(true);
      await turns(3);
    }
  });

  it('begins in order what comes all at once, a part of it in each turn of the loop', async () => {
    const queue = createStartQueue();
    const begun: number[] = [];
    for (let at = 0; at < 200; at += 1) queue.add(() => begun.push(at));
    expect(begun).toHaveLength(64);
    await turns(6);
    expect(begun).toEqual(Array.from({ length: 200 }, (_, at) => at));
  });

  it('begins less in a turn after turns that took long, and more again later', async () => {
    const queue = createStartQueue();
    let begun = 0;
    const perTurn: number[] = [];
    for (let at = 0; at < 120; at += 1)
      queue.add(() => {
        begun += 1;
        work(begun <= 70 ? 5 : 0);
      });
    for (let turn = 0; turn < 60; turn += 1) {
      const before = begun;
      await setImmediate();
      perTurn.push(begun - before);
    }
    expect(begun).toBe(120);
    // Of the time that five of them take no more than a turn's.
    expect(perTurn[0]).toBeLessThanOrEqual(5);
    expect(Math.max(...perTurn)).toBeGreaterThan(5);
  });

  it('keeps nobody waiting behind one that never ends', async () => {
    const queue = createStartQueue();
    queue.add(() => undefined);
    await turns(5);
    let hasBegun = false;
    queue.add(() => {
      hasBegun = true;
    });
    expect(hasBegun).toBe(true);
  });
});
