import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './play-sequence.ts';
import { sequences } from './write-sequence.ts';

describe('random sequences of calls, faults, kills and restarts', () => {
  it('end in one effect for each key that succeeds and in none for any other', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (steps) => {
        expect(await problemsOf(steps)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);
});
