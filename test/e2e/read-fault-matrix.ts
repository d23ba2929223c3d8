import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Provider } from '../../src/provider.ts';
import { OUTAGE_ENTRIES, READ_ENTRIES, type ReadEntry } from '../support/read-fault-table.ts';
import {
  healthyAnswers,
  startReadFaultLane,
  type HealthyAnswers,
  type ReadFaultLane,
  type WaitingTimes,
} from '../support/read-fault-lane.ts';
import { PROMPT_FAULTS, REFUSED, SLOW_FAULTS, type ReadFault } from '../support/read-faults.ts';

/** The port of the discard service, which is nowhere in use. */
const NOWHERE = 'http://127.0.0.1:9';
/** Long enough for a busy machine: these faults are told at once. */
const PROMPT = { upstreamMs: 5000, requestMs: 15_000 };
/** As short as a busy machine allows for the reads that are answered. */
const SLOW = { upstreamMs: 2000, requestMs: 5500 };
/** More would not be faster. */
const PROMPT_LANES = 8;
const HOOK_MS = 60_000;

/** Every fault at every read of a provider, for every field that makes the read. */
export function describeReadFaults(provider: Provider): void {
  const entries = READ_ENTRIES.filter((entry) => entry.provider === provider);
  const outages = OUTAGE_ENTRIES.filter((entry) => entry.provider === provider);
  describe(`of a read of ${provider}, for every field that makes it`, () => {
    const lanes: ReadFaultLane[] = [];
    let healthy: HealthyAnswers;
    beforeAll(async () => {
      healthy = await healthyAnswers([...entries, ...outages]);
    }, HOOK_MS);
    afterAll(() => Promise.all(lanes.map((lane) => lane.stop())));

    async function open(count: number, times: WaitingTimes, env?: Record<string, string>): Promise<void> {
      await Promise.all(lanes.splice(0).map((lane) => lane.stop()));
      for (let lane = 0; lane < count; lane += 1) lanes.push(await startReadFaultLane(healthy, times, env));
    }

    describe('that comes at once', () => {
      beforeAll(() => open(PROMPT_LANES, PROMPT), HOOK_MS);
      it.each(PROMPT_FAULTS)('$title costs nothing else', (fault) =>
        expectNothingElseLost(lanes, entries, fault),
      );
    });

    describe('that never comes', () => {
      // All wait at the same time for what does not come.
      beforeAll(() => open(entries.length, SLOW), HOOK_MS);
      it.each(SLOW_FAULTS)('$title costs nothing else', (fault) =>
        expectNothingElseLost(lanes, entries, fault),
      );
    });

    describe('at a port where nobody listens', () => {
      beforeAll(() => open(1, PROMPT, { [`${provider}_API_URL`]: NOWHERE }), HOOK_MS);
      it('no connection costs nothing else', () => expectNothingElseLost(lanes, outages, REFUSED));
    });
  });
}

/** Each entry in one of the lanes, whichever is free. One after another begins, so that a busy machine is not busier. */
async function expectNothingElseLost(
  lanes: readonly ReadFaultLane[],
  entries: readonly ReadEntry[],
  fault: ReadFault,
): Promise<void> {
  const left = [...entries];
  let turn = Promise.resolve();
  // All lanes are left idle, also where one has failed.
  const ends = await Promise.allSettled(
    lanes.map(async (lane) => {
      for (let entry = left.shift(); entry !== undefined; entry = left.shift()) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const before = turn;
        turn = promise;
        await before;
        await lane.play(entry, fault, resolve).finally(resolve);
      }
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
