import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { callOnce, callToTheEnd, type Payload } from '../support/patient-client.ts';
import { startRedisServer, withoutRedis } from '../support/redis-server.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { startWriteWorld, type WriteWorld, type WriteWorldOptions } from '../support/write-world.ts';

const CALLS = 50;
const noRedis = withoutRedis('writes over two gateways');
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function startWorld(options?: WriteWorldOptions): Promise<WriteWorld> {
  const world = await startWriteWorld(options);
  stops.push(() => world.close());
  return world;
}

/** Those among the payloads that say so. */
function ofType(payloads: readonly Payload[], type: string): Payload[] {
  return payloads.filter((payload) => payload.type === type);
}

describe.each(WRITE_SUBJECTS.map((subject) => ({ title: subject.title, subject })))(
  '$title',
  ({ subject }) => {
    it('is sent once when 50 calls with one key come at the same time', async () => {
      const world = await startWorld();
      const proxy = world.proxy[subject.provider];
      const write = await subject.prepare(world);
      const letGo = proxy.holdWrites();
      const calls = Array.from({ length: CALLS }, () => callOnce(world, write, 'key-1'));
      const others = await firstOf(calls, CALLS - 1);
      expect(ofType(others, 'IdempotencyConflictError')).toHaveLength(CALLS - 1);
      letGo();
      const [winner, ...more] = (await Promise.all(calls)).filter((call) => !others.includes(call));
      expect(more).toEqual([]);
      expect(winner?.members).toMatchObject(write.success);
      expect(await callOnce(world, write, 'key-1')).toEqual(winner);
      expect(proxy.writes).toHaveLength(1);
      expect(await write.effects()).toBe(1);
    });

    it.skipIf(noRedis)(
      'is sent once when 50 calls with one key come to two gateways with one Redis',
      async () => {
        const redis = await startRedisServer();
        stops.push(() => redis.stop());
        const world = await startWorld({ gateways: 2, env: { REDIS_URL: redis.url } });
        const proxy = world.proxy[subject.provider];
        const write = await subject.prepare(world);
        // The gateways connect to Redis when they are there already.
        for (const gateway of [0, 1]) {
          await callToTheEnd(world, write, `first-of-${gateway}`, { gateway, changed: true });
        }
        const sent = proxy.writes.length;
        const payloads = await Promise.all(
          Array.from({ length: CALLS }, (_, index) =>
            callOnce(world, write, 'key-1', { gateway: index % 2 }),
          ),
        );
        const conflicts = ofType(payloads, 'IdempotencyConflictError');
        const successes = payloads.filter((payload) => !conflicts.includes(payload));
        expect(successes.length).toBeGreaterThan(0);
        for (const gateway of [0, 1]) successes.push(await callOnce(world, write, 'key-1', { gateway }));
        for (const success of successes) expect(success).toEqual(successes[0]);
        expect(successes[0]?.members).toMatchObject(write.success);
        expect(proxy.writes).toHaveLength(sent + 1);
        expect(await write.effects()).toBe(1);
      },
    );

    it('does not let the keys of two callers meet', async () => {
      const world = await startWorld({ env: { GATEWAY_API_KEYS: apiKeys('first', 'second') } });
      const proxy = world.proxy[subject.provider];
      const write = await subject.prepare(world);
      const as = (caller: string) => ({ headers: { 'x-api-key': secretOf(caller) } });
      const first = await callOnce(world, write, 'key-1', as('first'));
      expect(first.members).toMatchObject(write.success);
      const second = await callOnce(world, write, 'key-1', { ...as('second'), changed: true });
      expect(second.type).toBe(first.type);
      expect(second.members).not.toEqual(first.members);
      expect(new Set(proxy.writes.map(({ key }) => key)).size).toBe(2);
      expect(await callOnce(world, write, 'key-1', as('first'))).toEqual(first);
      expect(await callOnce(world, write, 'key-1', { ...as('second'), changed: true })).toEqual(second);
      expect(proxy.writes).toHaveLength(2);
    });
  },
);

/** The first of many that are done. */
function firstOf<Value>(work: readonly Promise<Value>[], count: number): Promise<Value[]> {
  const done: Value[] = [];
  return new Promise((resolve, reject) => {
    for (const one of work) {
      one.then((value) => {
        done.push(value);
        if (done.length === count) resolve([...done]);
      }, reject);
    }
  });
}

function secretOf(caller: string): string {
  return `key-of-${caller}`;
}

function apiKeys(...callers: readonly string[]): string {
  return callers
    .map((caller) => `${caller}:write:${createHash('sha256').update(secretOf(caller)).digest('hex')}`)
    .join(',');
}
