import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Provider } from '../../src/provider.ts';
import { READ_ENTRIES, type ReadEntry } from '../support/read-fault-table.ts';
import { healthyAnswers, startReadFaultLane, type ReadFaultLane } from '../support/read-fault-lane.ts';
import { PROMPT_FAULTS, SLOW_FAULTS, type ReadFault } from '../support/read-faults.ts';

/** So many wait at the same time for what does not come. */
const LANES = 5;

/** Every fault at every read of a provider, for every field that makes the read. */
export function describeReadFaults(provider: Provider): void {
  const entries = READ_ENTRIES.filter((entry) => entry.provider === provider);
  describe(`of a read of ${provider}, for every field that makes it`, () => {
    let lanes: readonly ReadFaultLane[] = [];
    beforeAll(async () => {
      const healthy = await healthyAnswers(entries);
      lanes = await Promise.all(Array.from({ length: LANES }, () => startReadFaultLane(healthy)));
    });
    afterAll(() => Promise.all(lanes.map((lane) => lane.stop())));

    it.each(PROMPT_FAULTS)('$title costs nothing else', (fault) =>
      playAll(lanes.slice(0, 2), entries, fault),
    );
    it.each(SLOW_FAULTS)('$title costs nothing else', (fault) => playAll(lanes, entries, fault));
  });
}

/** Each entry in one of the lanes, whichever is free. */
async function playAll(
  lanes: readonly ReadFaultLane[],
  entries: readonly ReadEntry[],
  fault: ReadFault,
): Promise<void> {
  const left = [...entries];
  // All lanes are left idle, also where one has failed.
  const ends = await Promise.allSettled(
    lanes.map(async (lane) => {
      for (let entry = left.shift(); entry !== undefined; entry = left.shift()) await lane.play(entry, fault);
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
