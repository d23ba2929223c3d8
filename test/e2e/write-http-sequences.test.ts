import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WriteFault } from '../support/write-fault.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { httpSequences, type HttpCall } from './http-sequence.ts';
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

describe('two keys that took effect one after the other, and of which the upstream tells nothing but failures', () => {
  const tookEffect: WriteFault = { kind: '503', commit: 'before', stored: true };
  const subjects = WRITE_SUBJECTS.map(({ title }, subject) => ({ title, subject }));

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
