import { describe, expect, it } from 'vitest';
import { CircuitBreaker, type CallVerdict } from '../../../src/upstream/http/circuit-breaker.ts';

const BREAK_MS = 5000;

/** A breaker with a clock that the test moves. */
class WatchedBreaker {
  nowMs = 1_000_000;
  readonly changes: string[] = [];
  readonly breaker: CircuitBreaker;

  constructor(breakMs = BREAK_MS) {
    this.breaker = new CircuitBreaker({
      breakMs,
      now: () => this.nowMs,
      changed: (state) => void this.changes.push(state),
    });
  }

  /** So many calls, one after another; those that are refused have no verdict. Gives how many were made. */
  call(count: number, verdict: CallVerdict): number {
    let made = 0;
    for (let call = 0; call < count; call += 1) {
      const entered = this.breaker.enter();
      if (entered === null) continue;
      made += 1;
      this.breaker.report(entered, verdict);
    }
    return made;
  }

  /** The number by which the verdict of a call is reported; fails where none is let through. */
  enter(): number {
    const entered = this.breaker.enter();
    if (entered === null) throw new Error('refused');
    return entered;
  }
}

describe('a circuit breaker', () => {
  it('opens once twenty calls have failed, and refuses all further ones at once', () => {
    const watched = new WatchedBreaker();
    expect(watched.call(19, 'failed')).toBe(19);
    expect(watched.breaker.state).toBe('closed');
    expect(watched.call(50, 'failed')).toBe(1);
    expect(watched.breaker.state).toBe('open');
    expect(watched.breaker.isRefusing).toBe(true);
    expect(watched.changes).toEqual(['open']);
  });

  it.each([
    [79, 21, 'closed'],
    [80, 20, 'open'],
  ] as const)('with %i failures after %i answers is %s', (failures, answers, state) => {
    const watched = new WatchedBreaker();
    watched.call(answers, 'answered');
    watched.call(failures, 'failed');
    expect(watched.breaker.state).toBe(state);
  });

  it('counts no call that nobody waited for', () => {
    const watched = new WatchedBreaker();
    watched.call(100, 'nothing');
    expect(watched.call(19, 'failed')).toBe(19);
    expect(watched.breaker.state).toBe('closed');
  });

  it('forgets failures that lie more than two periods back, and none of the last one', () => {
    const watched = new WatchedBreaker();
    watched.call(19, 'failed');
    watched.nowMs += 5000;
    watched.call(19, 'failed');
    expect(watched.breaker.state).toBe('closed');
    watched.nowMs += 2500;
    watched.call(1, 'failed');
    expect(watched.breaker.state).toBe('open');
  });

  it('forgets answers as well', () => {
    const watched = new WatchedBreaker();
    watched.call(10_000, 'answered');
    watched.nowMs += 5000;
    watched.call(20, 'failed');
    expect(watched.breaker.state).toBe('open');
  });

  it('lets one call at a time through when its time is over, and closes with the first answer', () => {
    const watched = new WatchedBreaker();
    watched.call(20, 'failed');
    watched.nowMs += BREAK_MS - 1;
    expect(watched.breaker.enter()).toBeNull();
    watched.nowMs += 1;
    expect(watched.breaker.state).toBe('half-open');
    const probe = watched.enter();
    expect(watched.breaker.enter()).toBeNull();
    expect(watched.breaker.isRefusing).toBe(true);
    watched.breaker.report(probe, 'answered');
    expect(watched.breaker.state).toBe('closed');
    expect(watched.call(19, 'failed')).toBe(19);
    expect(watched.breaker.state).toBe('closed');
    expect(watched.changes).toEqual(['open', 'closed']);
  });

  it('opens again when the probe fails', () => {
    const watched = new WatchedBreaker();
    watched.call(20, 'failed');
    watched.nowMs += BREAK_MS;
    expect(watched.call(1, 'failed')).toBe(1);
    expect(watched.breaker.state).toBe('open');
    watched.nowMs += BREAK_MS;
    expect(watched.breaker.state).toBe('half-open');
    expect(watched.changes).toEqual(['open']);
  });

  it('lets the next one probe when nobody waits for the probe any more', () => {
    const watched = new WatchedBreaker();
    watched.call(20, 'failed');
    watched.nowMs += BREAK_MS;
    watched.call(1, 'nothing');
    expect(watched.breaker.state).toBe('half-open');
    watched.call(1, 'answered');
    expect(watched.breaker.state).toBe('closed');
  });

  it.each(['answered', 'failed'] as const)('is not moved by a call of before that has %s', (verdict) => {
    const watched = new WatchedBreaker();
    const old = watched.enter();
    watched.call(20, 'failed');
    watched.breaker.report(old, verdict);
    expect(watched.breaker.state).toBe('open');
    watched.nowMs += BREAK_MS;
    const probe = watched.enter();
    watched.breaker.report(old, verdict);
    expect(watched.breaker.state).toBe('half-open');
    expect(watched.breaker.enter()).toBeNull();
    watched.breaker.report(probe, 'answered');
    expect(watched.breaker.state).toBe('closed');
  });

  it('never opens where its time is 0', () => {
    const watched = new WatchedBreaker(0);
    expect(watched.call(1000, 'failed')).toBe(1000);
    expect(watched.breaker.state).toBe('closed');
  });
});
