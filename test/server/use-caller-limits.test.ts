import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { createLogLines } from '../support/log-lines.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Of another length each, so that no read serves two of them. */
const customers = (first: number): string =>
  `{ customers(first: ${first}, filter: { providers: [METRONOME] }) { nodes { id } } }`;

function keys(...names: readonly string[]): string {
  return names.map((name) => `${name}:read:${createHash('sha256').update(name).digest('hex')}`).join(',');
}

async function ask(
  { url }: TestGateway,
  key: string,
  query = '{ __typename }',
  signal: AbortSignal | null = null,
): Promise<{ readonly status: number; readonly retryAfter: string | null; readonly body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query }),
    signal,
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: await response.json(),
  };
}

describe('a caller beyond its rate', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({
      env: { RATE_LIMIT_PER_MINUTE: '3', GATEWAY_API_KEYS: keys('one', 'other') },
    });
  });
  afterAll(() => gateway.stop());

  it('is told when to come back, before its request is read, and others are answered', async () => {
    for (let at = 0; at < 3; at += 1) expect((await ask(gateway, 'one')).status).toBe(200);
    gateway.forgetCalls();
    const { status, retryAfter, body } = await ask(gateway, 'one', customers(1));
    expect(status).toBe(429);
    expect(Number(retryAfter)).toBeGreaterThan(50);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    expect(body).toEqual({
      errors: [
        {
          message: 'This caller has sent too many requests in a minute.',
          extensions: { code: 'OVERLOADED' },
        },
      ],
    });
    expect(gateway.calls()).toEqual({});
    expect((await ask(gateway, 'other')).status).toBe(200);
  });

  it('does not use up the rate of others by asking without a key', async () => {
    for (let at = 0; at < 5; at += 1) expect((await ask(gateway, 'nobody')).status).toBe(401);
    expect((await ask(gateway, 'other')).status).toBe(200);
  });

  it('leaves probes to everyone', async () => {
    for (let at = 0; at < 5; at += 1) expect((await fetch(new URL('/readyz', gateway.url))).status).toBe(200);
  });
});

describe('a caller with too many requests at once', () => {
  let gateway: TestGateway;
  const faults = createFaultSwitch();
  beforeAll(async () => {
    gateway = await startTestGateway({
      metronome: { onRequest: faults.onRequest },
      env: { CONCURRENCY_LIMIT: '2', GATEWAY_API_KEYS: keys('one', 'other') },
    });
  });
  afterAll(() => gateway.stop());

  it('is refused the further ones until one of them is over, also when its client goes away', async () => {
    faults.turnOn({ kind: 'hang' });
    const leaving = new AbortController();
    const running = [1, 2].map((first) =>
      ask(gateway, 'one', customers(first), leaving.signal).catch(() => null),
    );
    await expect.poll(() => gateway.metronome.requests.length).toBe(2);
    const { status, retryAfter, body } = await ask(gateway, 'one');
    expect(status).toBe(429);
    expect(retryAfter).toBe('1');
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
    expect((await ask(gateway, 'other')).status).toBe(200);
    leaving.abort();
    await Promise.all(running);
    faults.turnOff();
    await expect.poll(async () => (await ask(gateway, 'one')).status).toBe(200);
    const answers = await Promise.all([ask(gateway, 'one'), ask(gateway, 'one')]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  });
});

describe.skipIf(withoutRedis('limits of callers over several processes'))(
  'two gateways with one Redis',
  () => {
    let redis: RedisServer;
    let gateways: readonly TestGateway[];
    const log = createLogLines();
    beforeAll(async () => {
      redis = await startRedisServer();
      const env = {
        RATE_LIMIT_PER_MINUTE: '4',
        GATEWAY_API_KEYS: keys('one', 'other'),
        REDIS_URL: redis.url,
      };
      gateways = await Promise.all([1, 2].map(() => startTestGateway({ env, logger: log.logger })));
    });
    afterAll(async () => {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
      await redis.stop();
    });

    it('hold a caller to its rate together', async () => {
      const statuses: number[] = [];
      for (let round = 0; round < 3; round += 1)
        for (const gateway of gateways) statuses.push((await ask(gateway, 'one')).status);
      expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    });

    it('hold it to its rate each for itself while Redis is away, and say so once', async () => {
      await redis.kill();
      for (const gateway of gateways) {
        for (let at = 0; at < 4; at += 1) expect((await ask(gateway, 'other')).status).toBe(200);
        expect((await ask(gateway, 'other')).status).toBe(429);
      }
      expect(log.saying('limits of callers hold in each process alone until Redis is back')).toHaveLength(2);
    });
  },
);
