import { describe, expect, it } from 'vitest';
import { HealthRecord } from '../../../src/upstream/http/health-record.ts';

function recordOf(...outcomes: readonly boolean[]): HealthRecord {
  const record = new HealthRecord();
  for (const answered of outcomes) record.record(answered);
  return record;
}

function times(count: number, answered: boolean): boolean[] {
  return Array.from({ length: count }, () => answered);
}

describe('the health of an upstream', () => {
  it.each([
    ['UP', 'nothing was heard', []],
    ['UP', 'all calls were answered', times(30, true)],
    ['UP', 'failures lie more than twenty calls back', [...times(5, false), ...times(20, true)]],
    ['DEGRADED', 'one of the latest calls failed', [...times(9, true), false]],
    ['DEGRADED', 'a failure lies twenty calls back', [false, ...times(19, true)]],
    ['DEGRADED', 'the latest four calls failed', [true, ...times(4, false)]],
    ['DEGRADED', 'a call was answered after many failures', [...times(20, false), true]],
    ['DOWN', 'the latest five calls failed', [...times(15, true), ...times(5, false)]],
    ['DOWN', 'the only call failed', [false]],
  ] as const)('is %s when %s', (health, _when, outcomes) => {
    expect(recordOf(...outcomes).judge()).toBe(health);
  });

  it('is old until something is heard', () => {
    expect(recordOf().isOlderThan(60_000)).toBe(true);
    expect(recordOf(false).isOlderThan(60_000)).toBe(false);
    expect(recordOf(true).isOlderThan(-1)).toBe(true);
  });
});
