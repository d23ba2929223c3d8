import { kill } from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askAlone } from '../support/ask-alone.ts';
import { startFaultyUpstreams, type FaultyUpstreams } from '../support/faulty-upstreams.ts';
import { startGatewayProcess, startInVain, type GatewayProcess } from '../support/gateway-process.ts';
import { startHeldUpstream, type HeldUpstream } from '../support/held-upstream.ts';
import { addMapleCharge } from '../support/maple-write-subjects.ts';
import { pick } from '../support/pick.ts';
import { freePort, startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';

const NAMES = '?query={customers(first:2){nodes{name}}}';
const ANSWER = /^\{"data":\{"customers":\{"nodes":\[\{"name":/;
const CLIENTS = 4;
/** Three processes start at a time, on a slow machine. */
const START_MS = 60_000;
const ANSWERED = 'gateway_http_requests_total{method="GET",status="200"}';

describe.skipIf(withoutRedis('workers'))('a gateway with two workers', () => {
  let upstreams: FaultyUpstreams;
  let redis: RedisServer;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    [upstreams, redis] = await Promise.all([startFaultyUpstreams(), startRedisServer()]);
    env = { ...upstreams.env, REDIS_URL: redis.url, WORKERS: '2' };
  });
  afterAll(() => Promise.all([upstreams.close(), redis.stop()]));

  let gateway: GatewayProcess;
  let lastId = 0;

  /** Asks over a connection of its own, and gives the process that has answered as well. */
  async function ask(query = NAMES): Promise<{ readonly answer: string | null; readonly pid: number }> {
    const id = `asked-${(lastId += 1)}`;
    const answer = await askAlone(gateway.url + query, { 'x-request-id': id });
    return { answer, pid: await pidOf(`"request":"${id}"`) };
  }

  async function pidOf(text: string): Promise<number> {
    await gateway.said(text);
    const line = gateway
      .output()
      .split('\n')
      .find((each) => each.includes(text));
    return Number(/"pid":(\d+)/.exec(line ?? '')?.[1]);
  }

  /** Both workers, by two requests one after the other. */
  async function workers(): Promise<readonly [number, number]> {
    const [first, second] = [await ask(), await ask()];
    return [first.pid, second.pid];
  }

  async function answered(url = gateway.url): Promise<number> {
    const text = await askAlone(new URL('/metrics', url).href);
    const line = text?.split('\n').find((each) => each.startsWith(ANSWERED));
    return Number(line?.slice(ANSWERED.length));
  }

  describe('that serves', () => {
    beforeAll(async () => {
      gateway = await startGatewayProcess(env);
    }, START_MS);
    afterAll(() => gateway.kill());

    it('answers by both in turn, and greets once', async () => {
      const [first, second] = await workers();
      expect(new Set([first, second, gateway.pid]).size).toBe(3);
      expect(await workers()).toEqual([first, second]);
      expect(gateway.output().match(/Billing gateway on/g)).toHaveLength(1);
    });

    it('shows the sums of both, whichever is asked', async () => {
      const before = await answered();
      for (let count = 0; count < 6; count += 1) await ask();
      expect([await answered(), await answered(), await answered()]).toEqual(Array(3).fill(before + 6));
    });

    it('writes once by one key, whichever gets it', async () => {
      const write = await addMapleCharge.prepare(upstreams);
      const send = async (id: string): Promise<unknown> => {
        const response = await fetch(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-request-id': id },
          body: JSON.stringify({ query: write.query, variables: write.variables('one-key') }),
        });
        return pick(await response.json(), 'data', 'result', '__typename');
      };
      const ids = ['write-1', 'write-2', 'write-3', 'write-4'];
      expect(await Promise.all(ids.map(send))).toContain('AddOneTimeChargeSuccess');
      const pids = await Promise.all(ids.map((id) => pidOf(`"request":"${id}"`)));
      expect(new Set(pids).size).toBe(2);
      expect(upstreams.proxy.MAPLE.writes).toHaveLength(1);
      expect(await write.effects()).toBe(1);
    });

    it('replaces one that is killed, while the other answers, and forgets nothing that was counted', async () => {
      const [killed, other] = await workers();
      const before = await answered();
      kill(killed, 'SIGKILL');
      await gateway.said(`"worker":${killed},"exitCode":null,"signal":"SIGKILL"`);
      let asked = 0;
      const answering = new Set<number>();
      while (answering.size < 2) {
        const { answer, pid } = await ask();
        expect(answer).toMatch(ANSWER);
        answering.add(pid);
        asked += 1;
      }
      expect(answering).toContain(other);
      expect(answering).not.toContain(killed);
      expect(await answered()).toBe(before + asked);
    });

    it('answers all that it has accepted when it ends under load, and ends with 0', async () => {
      let answers = 0;
      const over = new AbortController();
      async function client(): Promise<void> {
        while (!over.signal.aborted) {
          const answer = await askAlone(gateway.url + NAMES, { 'x-request-id': 'load' });
          if (answer === null) continue;
          expect(answer).toMatch(ANSWER);
          answers += 1;
          if (answers === 40) gateway.signal('SIGTERM');
        }
      }
      const clients = Array.from({ length: CLIENTS }, client);
      expect(await gateway.exitCode()).toBe(0);
      over.abort();
      await Promise.all(clients);
      expect(answers).toBeGreaterThanOrEqual(40);
      expect(gateway.output().match(/"request":"load"/g)).toHaveLength(answers);
      expect(gateway.output()).not.toContain('cutOff');
    });
  });

  describe('that is to end', () => {
    let held: HeldUpstream;
    let metricsUrl: string;
    beforeEach(async () => {
      held = await startHeldUpstream(upstreams.proxy.METRONOME.url);
      const port = await freePort();
      metricsUrl = `http://127.0.0.1:${port}/metrics`;
      gateway = await startGatewayProcess({
        ...env,
        METRONOME_API_URL: held.url,
        METRICS_PORT: String(port),
      });
    }, START_MS);
    afterEach(async () => {
      await gateway.kill();
      await held.close();
    });

    it('drains once when a terminal tells every process, and shows metrics on their port until then', async () => {
      const pids = await workers();
      expect(await answered(metricsUrl)).toBe(2);
      expect(await askAlone(new URL('/metrics', gateway.url).href)).not.toContain(ANSWERED);
      held.hold(/customers/);
      const waiting = [ask(), ask()];
      await held.waited(2);
      for (const pid of [...pids, gateway.pid]) kill(pid, 'SIGINT');
      await gateway.said('draining');
      expect(await answered(metricsUrl)).toBe(2);
      held.release();
      for (const { answer } of await Promise.all(waiting)) expect(answer).toMatch(ANSWER);
      expect(await gateway.exitCode()).toBe(0);
    });

    it('ends at once, workers and all, when it is told again', async () => {
      held.hold(/customers/);
      const waiting = askAlone(gateway.url + NAMES);
      await held.waited(1);
      gateway.signal('SIGTERM');
      await gateway.said('draining');
      gateway.signal('SIGTERM');
      // The output that they share has come to its end then, so that none of them is left.
      expect(await gateway.exitCode()).toBe(143);
      expect(await waiting).toBeNull();
    });
  });

  it('does not start, and says once why, where its workers cannot', async () => {
    const { exitCode, stdout, stderr } = await startInVain({
      ...env,
      PERSISTED_OPERATIONS: 'allow',
      PERSISTED_OPERATIONS_PATH: '/nowhere/manifest.json',
    });
    expect(exitCode).toBe(78);
    expect(stderr.match(/manifest/gi)).toHaveLength(1);
    expect(stdout).toBe('');
  });
});

it('a gateway with workers starts neither without Redis nor over a sandbox of its own', async () => {
  const { exitCode, stderr } = await startInVain({ WORKERS: '2', PORT: '0' });
  expect(exitCode).toBe(78);
  for (const name of ['REDIS_URL', 'METRONOME_API_TOKEN', 'MAPLE_API_TOKEN'])
    expect(stderr).toContain(`- ${name}: required with WORKERS above 1`);
});
