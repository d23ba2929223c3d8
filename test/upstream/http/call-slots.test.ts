import { describe, expect, it } from 'vitest';
import { CallSlots } from '../../../src/upstream/http/call-slots.ts';

const ENDLESS = new AbortController().signal;

describe('the places of calls', () => {
  it('are given at once while there are some, and then one after another', async () => {
    const slots = new CallSlots({ running: 2, waiting: 10 });
    expect([slots.take(ENDLESS), slots.take(ENDLESS)]).toEqual([null, null]);
    const order: number[] = [];
    const waits = [1, 2, 3].map(async (number) => {
      expect(await slots.take(ENDLESS)).toBe(true);
      order.push(number);
      slots.leave();
    });
    expect([slots.running, slots.waiting]).toEqual([2, 3]);
    slots.leave();
    await Promise.all(waits);
    expect(order).toEqual([1, 2, 3]);
    expect([slots.running, slots.waiting]).toEqual([1, 0]);
    slots.leave();
    expect(slots.running).toBe(0);
  });

  it('are full when the line is', () => {
    const slots = new CallSlots({ running: 1, waiting: 1 });
    void slots.take(ENDLESS);
    expect(slots.isFull).toBe(false);
    void slots.take(ENDLESS);
    expect(slots.isFull).toBe(true);
    slots.leave();
    expect(slots.isFull).toBe(false);
  });

  it('pass over those who have left the line, which has room again at once', async () => {
    const slots = new CallSlots({ running: 1, waiting: 2 });
    void slots.take(ENDLESS);
    const leaving = new AbortController();
    const left = slots.take(leaving.signal);
    const staying = slots.take(ENDLESS);
    expect(slots.isFull).toBe(true);
    leaving.abort(new Error('gone'));
    expect(await left).toBe(false);
    expect([slots.waiting, slots.isFull]).toEqual([1, false]);
    slots.leave();
    expect(await staying).toBe(true);
    expect([slots.running, slots.waiting]).toEqual([1, 0]);
  });

  it('let nobody wait who has gone already', async () => {
    const slots = new CallSlots({ running: 1, waiting: 1 });
    void slots.take(ENDLESS);
    expect(await slots.take(AbortSignal.abort())).toBe(false);
    expect(slots.waiting).toBe(0);
  });

  it('stay with those who leave after their turn has come', async () => {
    const slots = new CallSlots({ running: 1, waiting: 1 });
    void slots.take(ENDLESS);
    const leaving = new AbortController();
    const turn = slots.take(leaving.signal);
    slots.leave();
    leaving.abort();
    expect(await turn).toBe(true);
    expect(slots.running).toBe(1);
  });
});
