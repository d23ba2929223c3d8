import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Admission, CallerLimitNumbers, CallerLimits } from '../../src/caller-limits/caller-limits.ts';
import { openRedisCallerLimits } from '../../src/caller-limits/redis-caller-limits.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';

function leave(admission: Admission): void {
  if (admission.kind !== 'admitted') throw new Error('it was not let in');
  admission.leave();
}

describe.skipIf(withoutRedis('limits of callers in Redis'))('limits of callers in Redis', () => {
  let redis: RedisServer;
  let opened: CallerLimits[] = [];
  let changes: (string | null)[] = [];
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  beforeEach(async () => {
    changes = [];
    await redis.command('FLUSHALL');
  });
  afterEach(() => {
    for (const limits of opened) limits.close();
    opened = [];
  });
  afterAll(() => redis.stop());

  /** One for each process. */
  function open(limits: CallerLimitNumbers, requestEndsAfterMs = 60_000): CallerLimits {
    const each = openRedisCallerLimits({
      url: redis.url,
      limits,
      requestEndsAfterMs,
      onChange: (fault) => changes.push(fault),
    });
    opened.push(each);
    return each;
  }

  it('hold over all processes: the rate', async () => {
    const [one, other] = [1, 2].map(() => open({ perMinute: 3, atOnce: 0 }));
    if (one === undefined || other === undefined) throw new Error('there are two');
    expect((await one.enter('a')).kind).toBe('admitted');
    expect((await other.enter('a')).kind).toBe('admitted');
    expect((await one.enter('a')).kind).toBe('admitted');
    for (const limits of [one, other]) {
      const refused = await limits.enter('a');
      expect(refused).toMatchObject({ kind: 'refused', reason: 'perMinute' });
      expect(refused).toHaveProperty('retryAfterMs', expect.closeTo(60_000, -4));
    }
    expect((await other.enter('b')).kind).toBe('admitted');
  });

  it('hold over all processes: requests at once', async () => {
    const [one, other] = [1, 2].map(() => open({ perMinute: 0, atOnce: 2 }));
    if (one === undefined || other === undefined) throw new Error('there are two');
    const [first] = [await one.enter('a'), await other.enter('a')];
    expect(await one.enter('a')).toEqual({ kind: 'refused', reason: 'atOnce', retryAfterMs: 1000 });
    expect((await one.enter('b')).kind).toBe('admitted');
    leave(first);
    await expect.poll(async () => (await other.enter('a')).kind).toBe('admitted');
    expect((await one.enter('a')).kind).toBe('refused');
  });

  it('let in no more than they say, however many ask at the same moment', async () => {
    const processes = [1, 2, 3].map(() => open({ perMinute: 50, atOnce: 0 }));
    const asked = Array.from({ length: 90 }, async (_, at) => processes[at % 3]?.enter('a'));
    const kinds = (await Promise.all(asked)).map((admission) => admission?.kind);
    expect(kinds.filter((kind) => kind === 'admitted')).toHaveLength(50);
  });

  it('begin anew with a new minute', async () => {
    const limits = open({ perMinute: 1, atOnce: 0 });
    await limits.enter('a');
    expect((await limits.enter('a')).kind).toBe('refused');
    const [key = ''] = [(await keys()).find((each) => each.endsWith(':rate'))];
    await redis.command('PEXPIRE', key, '1');
    await expect.poll(async () => (await limits.enter('a')).kind).toBe('admitted');
  });

  it('do not keep the place of a request whose process was killed', async () => {
    const killed = open({ perMinute: 0, atOnce: 1 }, 200);
    await killed.enter('a');
    killed.close();
    const limits = open({ perMinute: 0, atOnce: 1 });
    expect((await limits.enter('a')).kind).toBe('refused');
    await expect.poll(async () => (await limits.enter('a')).kind).toBe('admitted');
  });

  it('name no caller, and leave nothing behind', async () => {
    const limits = open({ perMinute: 5, atOnce: 5 });
    await limits.enter('jwt:https://issuer.example.com/:somebody');
    const names = await keys();
    expect(names).toHaveLength(2);
    expect(names.join(' ')).not.toMatch(/somebody|issuer/);
    for (const name of names) expect(await redis.command('PTTL', name)).toBeGreaterThan(0);
  });

  it('hold in each process alone while Redis is away, which is said once', async () => {
    const [one, other] = [1, 2].map(() => open({ perMinute: 2, atOnce: 0 }));
    if (one === undefined || other === undefined) throw new Error('there are two');
    await one.enter('z');
    await redis.kill();
    for (const limits of [one, other]) {
      expect((await limits.enter('a')).kind).toBe('admitted');
      expect((await limits.enter('a')).kind).toBe('admitted');
      expect((await limits.enter('a')).kind).toBe('refused');
    }
    expect(changes).toHaveLength(2);
    await redis.start();
    await expect
      .poll(
        async () => {
          await one.enter('b');
          return changes.at(-1);
        },
        { timeout: 10_000 },
      )
      .toBeNull();
  });

  it('keep nobody waiting for a Redis that does not answer', async () => {
    const limits = open({ perMinute: 2, atOnce: 0 });
    await limits.enter('a');
    redis.pause();
    const startedAtMs = performance.now();
    const asked = await Promise.all(Array.from({ length: 5 }, async () => limits.enter('a')));
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
    expect(asked.map(({ kind }) => kind).toSorted()).toEqual([
      'admitted',
      'admitted',
      'refused',
      'refused',
      'refused',
    ]);
    redis.resume();
  });

  async function keys(): Promise<string[]> {
    const found = await redis.command('KEYS', '*');
    return Array.isArray(found) ? found.map(String) : [];
  }
});
