import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WriteFault } from '../support/write-fault.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { httpSequences, type HttpCall } from './http-sequence.ts';
import { httpProblemsOf } from './play-http-sequence.ts';

const SEQUENCES = 60;
const AT_A_TIME = 12;

const subjects = WRITE_SUBJECTS.map(({ title }, subject) => ({ title, subject }));

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

describe('two keys that took effect one after the other, and of which the upstream tells nothing but failures', () => {
  const tookEffect: WriteFault = { kind: '503', commit: 'before', stored: true };

  function call(subject: number, key: string, failedReads: readonly boolean[]): HttpCall {
    return { kind: 'call', subject, key, faults: [tookEffect], failedReads, twice: false };
  }

  it.each(subjects)(
    'are not sent afresh, whichever is asked for again first: $title',
    async ({ subject }) => {
      const unread = [false, true];
      const both = [call(subject, 'key-1', unread), call(subject, 'key-2', unread)];
      expect(await httpProblemsOf([...both, call(subject, 'key-1', [])])).toEqual([]);
      expect(await httpProblemsOf([...both, call(subject, 'key-2', [])])).toEqual([]);
    },
  );
});

describe('a key that never reached the upstream, and one that took effect but is told nothing but failures', () => {
  it.each(subjects)('both come to an end: $title', async ({ subject }) => {
    // Nothing listens any more after this one, so that the state cannot be read back either.
    const unheard: WriteFault = { kind: 'connection refused', commit: 'never', stored: false };
    const untold: WriteFault = { kind: '409', commit: 'after', stored: true };
    const call = { kind: 'call', subject, failedReads: [], twice: false } as const;
    const steps: HttpCall[] = [
      { ...call, key: 'key-1', faults: [unheard] },
      { ...call, key: 'key-2', faults: [untold] },
    ];
    expect(await httpProblemsOf(steps)).toEqual([]);
  });
});
