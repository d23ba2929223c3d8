import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAlone } from '../support/ask-alone.ts';
import { startFaultyUpstreams, type FaultyUpstreams } from '../support/faulty-upstreams.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { addMapleCharge } from '../support/maple-write-subjects.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';

const CLIENTS = 4;
const NAMES = '?query={customers(first:2){nodes{name}}}';
const PAGE = `query ($after: String) {
  customers(first: 3, after: $after) { edges { node { id } } pageInfo { endCursor } }
}`;

const LOAD = { 'x-request-id': 'load' };

function loadLines(gateway: GatewayProcess): number {
  return gateway.output().match(/"request":"load"/g)?.length ?? 0;
}

describe.skipIf(withoutRedis('several processes'))('processes with one Redis', () => {
  let upstreams: FaultyUpstreams;
  let redis: RedisServer;
  let processes: readonly [GatewayProcess, GatewayProcess];
  beforeAll(async () => {
    [upstreams, redis] = await Promise.all([startFaultyUpstreams(), startRedisServer()]);
    const env = { ...upstreams.env, REDIS_URL: redis.url };
    processes = await Promise.all([startGatewayProcess(env), startGatewayProcess(env)]);
  });
  afterAll(async () => {
    await Promise.all(processes.map((gateway) => gateway.kill()));
    await Promise.all([upstreams.close(), redis.stop()]);
  });

  it('go on with the cursors of each other', async () => {
    const [first, second] = processes;
    const page = await first.answer(PAGE);
    const after = pickText(page, 'data', 'customers', 'pageInfo', 'endCursor');
    const next = await second.answer(PAGE, { after });
    const ids = [page, next].flatMap((answer) =>
      pickList(answer, 'data', 'customers', 'edges').map((edge) => pickText(edge, 'node', 'id')),
    );
    expect(new Set(ids).size).toBe(6);
  });

  it('send a write once that comes to both at the same time', async () => {
    const write = await addMapleCharge.prepare(upstreams);
    const call = async (gateway: GatewayProcess): Promise<unknown> =>
      pick(
        await gateway.answer(write.query, { ...write.variables('one-key') }),
        'data',
        'result',
        '__typename',
      );
    const outcomes = await Promise.all(processes.map(call));
    expect(outcomes).toContain('AddOneTimeChargeSuccess');
    expect(await Promise.all(processes.map(call))).toEqual([
      'AddOneTimeChargeSuccess',
      'AddOneTimeChargeSuccess',
    ]);
    expect(upstreams.proxy.MAPLE.writes).toHaveLength(1);
    expect(await write.effects()).toBe(1);
  });

  it('lose no request when one of them ends under load', async () => {
    const [leaving, staying] = processes;
    let answered = 0;
    let answeredByLeaving = 0;
    const over = new AbortController();
    async function client(): Promise<void> {
      while (!over.signal.aborted) {
        // As a proxy does: where it is not let in, it asks the other one.
        const first = await askAlone(leaving.url + NAMES, LOAD);
        if (first !== null) answeredByLeaving += 1;
        const answer = first ?? (await askAlone(staying.url + NAMES));
        expect(answer).toMatch(/^\{"data":\{"customers":\{"nodes":\[\{"name":/);
        answered += 1;
        if (answered === 40) leaving.signal('SIGTERM');
      }
    }
    const clients = Array.from({ length: CLIENTS }, client);
    expect(await leaving.exitCode()).toBe(0);
    over.abort();
    await Promise.all(clients);
    expect(answered).toBeGreaterThan(answeredByLeaving);
    // All that it has taken has come to those who had asked.
    expect(loadLines(leaving)).toBe(answeredByLeaving);
    expect(leaving.output()).not.toContain('cutOff');
    expect(await askAlone(leaving.url + NAMES)).toBeNull();
  });
});
