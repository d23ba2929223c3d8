import { describe, expect, it } from 'vitest';
import type { Admission, CallerLimits } from '../../src/caller-limits/caller-limits.ts';
import { createMemoryCallerLimits } from '../../src/caller-limits/memory-caller-limits.ts';

function limitsOf(perMinute: number, atOnce: number) {
  let nowMs = 5000;
  const limits = createMemoryCallerLimits({ perMinute, atOnce }, () => nowMs);
  return {
    enter: (caller: string) => admissionOf(limits, caller),
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

function admissionOf(limits: CallerLimits, caller: string): Admission {
  const admission = limits.enter(caller);
  if (admission instanceof Promise) throw new Error('it is not asked anywhere else');
  return admission;
}

function leave(admission: Admission): void {
  if (admission.kind !== 'admitted') throw new Error('it was not let in');
  admission.leave();
}

describe('the rate of a caller', () => {
  it('is held for a minute from its first request', () => {
    const { enter, pass } = limitsOf(2, 0);
    leave(enter('a'));
    pass(20_000);
    leave(enter('a'));
    pass(10_000);
    expect(enter('a')).toEqual({ kind: 'refused', reason: 'perMinute', retryAfterMs: 30_000 });
    pass(29_999);
    expect(enter('a')).toMatchObject({ retryAfterMs: 1 });
    pass(1);
    expect(enter('a').kind).toBe('admitted');
    expect(enter('a').kind).toBe('admitted');
    expect(enter('a')).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('is its own', () => {
    const { enter } = limitsOf(1, 0);
    expect(enter('a').kind).toBe('admitted');
    expect(enter('b').kind).toBe('admitted');
    expect(enter('a').kind).toBe('refused');
    expect(enter('b').kind).toBe('refused');
  });

  it('is without limit at 0', () => {
    const { enter } = limitsOf(0, 0);
    for (let at = 0; at < 10_000; at += 1) expect(enter('a').kind).toBe('admitted');
  });
});

describe('the requests of a caller at once', () => {
  it('are let in as others end', () => {
    const { enter } = limitsOf(0, 2);
    const [first, second] = [enter('a'), enter('a')];
    expect(enter('a')).toEqual({ kind: 'refused', reason: 'atOnce', retryAfterMs: 1000 });
    expect(enter('b').kind).toBe('admitted');
    leave(first);
    expect(enter('a').kind).toBe('admitted');
    expect(enter('a').kind).toBe('refused');
    leave(second);
    expect(enter('a').kind).toBe('admitted');
  });

  it('count for as long as they run, however many minutes that is', () => {
    const { enter, pass } = limitsOf(10, 1);
    const running = enter('a');
    for (let minute = 0; minute < 5; minute += 1) {
      pass(70_000);
      expect(enter('b').kind).toBe(minute === 0 ? 'admitted' : 'refused');
      expect(enter('a')).toMatchObject({ reason: 'atOnce' });
    }
    leave(running);
    expect(enter('a').kind).toBe('admitted');
  });

  it('that are refused count towards no rate', () => {
    const { enter } = limitsOf(2, 1);
    const running = enter('a');
    for (let at = 0; at < 5; at += 1) expect(enter('a')).toMatchObject({ reason: 'atOnce' });
    leave(running);
    expect(enter('a').kind).toBe('admitted');
  });
});
