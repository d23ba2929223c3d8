import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createLoadGauge, type LoadGauge } from '../../src/server/load-gauge.ts';

let gauge: LoadGauge;
afterEach(() => gauge.stop());

/** Keeps the loop busy, and lets requests end at a rate. */
async function saturate(forMs: number, endedPerSecond: number): Promise<void> {
  const beganAtMs = performance.now();
  let ended = 0;
  for (let now = beganAtMs; now < beganAtMs + forMs; now = performance.now()) {
    while (ended < ((now - beganAtMs) * endedPerSecond) / 1000) {
      gauge.ended();
      ended += 1;
    }
    const until = now + 5;
    while (performance.now() < until);
    await setImmediate();
  }
}

describe('a load gauge', () => {
  it('takes any number for a good one while the loop has time left', async () => {
    gauge = createLoadGauge();
    await sleep(300);
    expect(gauge.isTooMuch(1_000_000)).toBe(false);
  });

  it('takes as many as usual for a good number, unless they would be waited for in vain', async () => {
    gauge = createLoadGauge();
    await saturate(500, 10);
    expect(gauge.isTooMuch(256)).toBe(false);
    expect(gauge.isTooMuch(257)).toBe(true);
    await saturate(800, 10);
    expect(gauge.isTooMuch(31)).toBe(false);
    expect(gauge.isTooMuch(256)).toBe(true);
  });

  // The numbers are far from the limits, which tell of what else the machine does, too.
  it('takes a burst for something that passes, and finds too much what cannot be worked off soon when it lasts', async () => {
    gauge = createLoadGauge();
    await saturate(500, 600);
    expect(gauge.isTooMuch(500)).toBe(false);
    expect(gauge.isTooMuch(4000)).toBe(true);
    await saturate(800, 600);
    expect(gauge.isTooMuch(256)).toBe(false);
    expect(gauge.isTooMuch(900)).toBe(true);
    await sleep(400);
    expect(gauge.isTooMuch(900)).toBe(false);
  });

  it('does not take for the cost of a request what was done before it', async () => {
    gauge = createLoadGauge();
    for (let at = 0; at < 12; at += 1) {
      await saturate(50, 0);
      await sleep(70);
    }
    await saturate(400, 600);
    expect(gauge.isTooMuch(500)).toBe(false);
  });
});
