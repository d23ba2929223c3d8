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

  it('takes few for a good number, however long each of them takes', async () => {
    gauge = createLoadGauge();
    await saturate(1500, 10);
    expect(gauge.isTooMuch(31)).toBe(false);
    expect(gauge.isTooMuch(32)).toBe(true);
  });

  it('takes a burst for something that passes, unless it would take too long to', async () => {
    gauge = createLoadGauge();
    await saturate(600, 600);
    expect(gauge.isTooMuch(900)).toBe(false);
    expect(gauge.isTooMuch(2500)).toBe(true);
  });

  it('finds too much what cannot be worked off within half a second, once the loop has had no time left for a whole one', async () => {
    gauge = createLoadGauge();
    await saturate(2000, 600);
    expect(gauge.isTooMuch(200)).toBe(false);
    expect(gauge.isTooMuch(450)).toBe(true);
    await sleep(400);
    expect(gauge.isTooMuch(450)).toBe(false);
  });
});
