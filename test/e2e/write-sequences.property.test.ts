import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpSequences } from './http-sequence.ts';
import { httpProblemsOf } from './play-http-sequence.ts';
import { problemsOf } from './play-sequence.ts';
import { sequences } from './write-sequence.ts';

const HTTP_SEQUENCES = 60;
const AT_A_TIME = 12;

describe('random sequences of calls, faults and restarts', () => {
  it('end in one effect for each key that succeeds and in none for any other', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (steps) => {
        expect(await problemsOf(steps)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  it('end so too over HTTP', async () => {
    const left = fc.sample(httpSequences, HTTP_SEQUENCES);
    const failed: object[] = [];
    async function playOn(): Promise<void> {
      for (let steps = left.pop(); steps !== undefined; steps = left.pop()) {
        const problems = await httpProblemsOf(steps).catch((error: unknown) => [String(error)]);
        if (problems.length > 0) failed.push({ problems, steps });
      }
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, playOn));
    expect(failed).toEqual([]);
  }, 60_000);
});
