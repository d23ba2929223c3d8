import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRunSlots, type RunSlots } from '../../../src/server/direct/run-slots.ts';

const ENDLESS = new AbortController().signal;
const FEW = 4;

/** Slots beside a loop that is as busy as a test says. */
function slotsOf(): {
  slots: RunSlots;
  begun: number[];
  ask(count: number): void;
  look(idle: boolean): void;
} {
  let nowMs = 0;
  let idleMs = 0;
  const slots = createRunSlots({ now: () => nowMs, idleMs: () => idleMs });
  const begun: number[] = [];
  let asked = 0;
  return {
    slots,
    begun,
    ask(count) {
      for (let each = 0; each < count; each += 1) {
        const number = (asked += 1);
        const turn = slots.take(ENDLESS);
        if (turn === null) begun.push(number);
        else void turn.then(() => begun.push(number));
      }
    },
    look(idle) {
      nowMs += 1;
      if (idle) idleMs += 1;
      vi.advanceTimersByTime(1);
    },
  };
}

/** Until all that follows at once has been done. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
}

describe('slots of queries', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('are few while the loop is busy, and go to those that wait in their order', async () => {
    const { slots, begun, ask, look } = slotsOf();
    ask(10);
    for (let looks = 0; looks < 20; looks += 1) look(false);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4]);
    slots.leave(false);
    slots.leave(false);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
    // Nobody is passed by who asks when a slot has just been left.
    ask(1);
    for (let ended = 0; ended < 5; ended += 1) slots.leave(false);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('become more by as many as could have been worked on while the loop had nothing to do', async () => {
    const { begun, ask, look } = slotsOf();
    ask(100);
    const counts: number[] = [];
    for (const isIdle of [true, true, false, true]) {
      look(isIdle);
      await settled();
      counts.push(begun.length);
    }
    // Until one has ended, each is taken to cost a millisecond.
    expect(counts).toEqual([5, 6, 6, 7]);
  });

  it('become more sooner where queries have cost little of the time of the loop', async () => {
    const { slots, begun, ask, look } = slotsOf();
    ask(1000);
    for (let looks = 0; looks < 100; looks += 1) {
      for (let ended = 0; ended < 4; ended += 1) slots.leave(false);
      look(false);
    }
    await settled();
    expect(begun).toHaveLength(404);
    look(true);
    await settled();
    // A quarter of a millisecond each.
    expect(begun.length).toBeGreaterThanOrEqual(407);
    expect(begun.length).toBeLessThanOrEqual(408);
  });

  it('become fewer with each query that ends, down to the few, however many had been let in', async () => {
    const { slots, begun, ask, look } = slotsOf();
    ask(64);
    for (let looks = 0; looks < 60; looks += 1) look(true);
    await settled();
    expect(begun).toHaveLength(64);
    for (let ended = 0; ended < 64; ended += 1) slots.leave(false);
    ask(2000);
    await settled();
    const running = (): number => begun.length - 64 - left;
    let left = 0;
    expect(running()).toBe(60);
    for (; left < 1500; left += 1) slots.leave(false);
    await settled();
    expect(running()).toBe(FEW);
  });

  it('are looked after only while somebody waits', async () => {
    const { slots, ask, look } = slotsOf();
    ask(FEW);
    expect(vi.getTimerCount()).toBe(0);
    ask(1);
    expect(vi.getTimerCount()).toBe(1);
    slots.leave(false);
    await settled();
    look(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('go to nobody at once whose query was abandoned, since all clients may be leaving', async () => {
    const { slots, begun, ask, look } = slotsOf();
    ask(FEW + 2);
    slots.leave(true);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4]);
    look(false);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  });

  it('are not for who has left the line', async () => {
    const { slots, begun, ask } = slotsOf();
    ask(FEW);
    const client = new AbortController();
    const left = slots.take(client.signal);
    ask(1);
    client.abort();
    expect(await left).toBe(false);
    slots.leave(false);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(await slots.take(AbortSignal.abort())).toBe(false);
  });
});
