import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRunSlots, type RunSlot } from '../../src/server/run-slots.ts';

const FEW = 4;

/** Slots beside a loop that is as busy as a test says. */
function slotsOf() {
  let nowMs = 0;
  let idleMs = 0;
  const slots = createRunSlots({ now: () => nowMs, idleMs: () => idleMs });
  const begun: number[] = [];
  const held: RunSlot[] = [];
  let asked = 0;
  return {
    slots,
    /** The numbers of those that have begun, in their order. */
    begun,
    ask(count: number): void {
      for (let each = 0; each < count; each += 1) {
        const number = (asked += 1);
        slots.enter((slot) => {
          begun.push(number);
          held.push(slot);
        });
      }
    },
    /** Those that have held a slot for longest leave it. */
    leave(count: number): void {
      for (let each = 0; each < count; each += 1) held.shift()?.leave();
    },
    look(idle: boolean): void {
      nowMs += 1;
      if (idle) idleMs += 1;
      vi.advanceTimersByTime(1);
    },
  };
}

describe('slots of requests', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('are few while the loop is busy, and go to those that wait in their order', () => {
    const { begun, ask, leave, look } = slotsOf();
    ask(10);
    for (let looks = 0; looks < 20; looks += 1) look(false);
    expect(begun).toEqual([1, 2, 3, 4]);
    leave(2);
    expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
    // Nobody is passed by who asks when a slot has just been left.
    ask(1);
    leave(5);
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('become more, and twice as many more each time, while the loop has nothing to do', () => {
    const { begun, ask, look } = slotsOf();
    ask(100);
    const counts: number[] = [];
    for (let looks = 0; looks < 5; looks += 1) {
      look(true);
      counts.push(begun.length);
    }
    expect(counts).toEqual([5, 7, 11, 19, 35]);
    look(false);
    look(true);
    expect(begun).toHaveLength(36);
  });

  it('become as few as before when the loop has no time left, however many had been let in', () => {
    const { begun, ask, leave, look } = slotsOf();
    ask(64);
    for (let looks = 0; looks < 6; looks += 1) look(true);
    expect(begun).toHaveLength(64);
    for (let looks = 0; looks < 64; looks += 1) look(false);
    ask(FEW);
    leave(60);
    expect(begun).toHaveLength(64);
    leave(1);
    expect(begun).toHaveLength(65);
  });

  it('are looked after only while more than a few run or wait', () => {
    const { ask, leave, look } = slotsOf();
    ask(FEW);
    expect(vi.getTimerCount()).toBe(0);
    ask(1);
    expect(vi.getTimerCount()).toBe(1);
    leave(1);
    look(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are left once, however often that is said', () => {
    const { slots, begun, ask, leave } = slotsOf();
    const entered: RunSlot[] = [];
    slots.enter((slot) => entered.push(slot));
    ask(FEW + 1);
    entered[0]?.leave();
    entered[0]?.leave();
    expect(begun).toEqual([1, 2, 3, 4]);
    leave(1);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  });

  it('let one after another in, also where each leaves at once', () => {
    const { slots, ask, leave } = slotsOf();
    ask(FEW);
    let depth = 0;
    let deepest = 0;
    let count = 0;
    for (let each = 0; each < 1000; each += 1) {
      slots.enter((slot) => {
        depth += 1;
        deepest = Math.max(deepest, depth);
        count += 1;
        slot.leave();
        depth -= 1;
      });
    }
    leave(1);
    expect([count, deepest]).toEqual([1000, 1]);
  });

  it('are taken again behind those that wait, by whoever has left one', async () => {
    const { slots, begun, ask, leave } = slotsOf();
    const entered: RunSlot[] = [];
    slots.enter((slot) => entered.push(slot));
    const [own] = entered;
    expect(own?.take()).toBeNull();
    own?.leave();
    expect(own?.take()).toBeNull();
    ask(FEW);
    own?.leave();
    let isBack = false;
    const back = own?.take()?.then(() => {
      isBack = true;
    });
    ask(1);
    expect(begun).toEqual([1, 2, 3, 4]);
    leave(1);
    await back;
    expect([isBack, begun]).toEqual([true, [1, 2, 3, 4]]);
    own?.leave();
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  });

  it('know when they were asked for', () => {
    const { slots, ask, leave, look } = slotsOf();
    ask(FEW);
    look(false);
    const askedAtMs: number[] = [];
    slots.enter((slot) => askedAtMs.push(slot.askedAtMs));
    look(false);
    leave(1);
    expect(askedAtMs).toEqual([1]);
  });
});
