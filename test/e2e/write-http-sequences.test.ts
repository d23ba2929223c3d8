import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpSequences } from './http-sequence.ts';
import { httpProblemsOf } from './play-http-sequence.ts';

const SEQUENCES = 60;
const AT_A_TIME = 12;

describe('random sequences of calls, faults and restarts over HTTP', () => {
  it('end in one effect for each key that succeeds and in none for any other', async () => {
    const left = fc.sample(httpSequences, SEQUENCES);
    const failed: string[] = [];
    async function playOn(): Promise<void> {
      for (let steps = left.pop(); steps !== undefined; steps = left.pop()) {
        const problems = await httpProblemsOf(steps).catch((error: unknown) => [String(error)]);
        if (problems.length > 0) failed.push(JSON.stringify({ problems, steps }));
      }
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, playOn));
    expect(failed).toEqual([]);
  }, 120_000);
});
