import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { encodeNodeId } from '../../src/node-id.ts';
import { startGateway, type RunningGateway } from '../../src/server/start-gateway.ts';
import { startFaultyUpstreams, type FaultyUpstreams } from '../support/faulty-upstreams.ts';
import { createLogLines } from '../support/log-lines.ts';
import { voidMapleInvoice } from '../support/maple-write-subjects.ts';
import { pick, pickText } from '../support/pick.ts';
import { postOperation } from '../support/post-operation.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';
import { callMaple } from '../support/sandbox-call.ts';

const LIST = '{ customers(first: 100) { nodes { id name } } plans(first: 100) { nodes { name } } }';
const CUSTOMER = 'query ($id: ID!) { customer(id: $id) { name } }';

describe.skipIf(withoutRedis('gateways that share what they read in Redis'))(
  'gateways that share a Redis',
  () => {
    let redis: RedisServer;
    let upstreams: FaultyUpstreams;
    const gateways: RunningGateway[] = [];

    beforeEach(async () => {
      redis = await startRedisServer();
      upstreams = await startFaultyUpstreams();
    });
    afterEach(async () => {
      await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
      await upstreams.close();
      await redis.stop();
    });

    async function start(env: Readonly<Record<string, string>> = {}, logger = pino({ level: 'silent' })) {
      const config = readConfig({ ...upstreams.env, REDIS_URL: redis.url, CACHE_TTL_MS: '600000', ...env });
      const gateway = await startGateway(config, logger, { answersDirectly: inject('answersDirectly') });
      gateways.push(gateway);
      return gateway;
    }

    function readsSoFar(): number {
      return upstreams.proxy.METRONOME.count('read arrived') + upstreams.proxy.MAPLE.count('read arrived');
    }

    /** How many reads a query costs, and its data. */
    async function ask({ url }: RunningGateway, query: string, variables: object = {}) {
      const before = readsSoFar();
      const { data, errors } = await postOperation(url, query, variables);
      expect(errors).toBeUndefined();
      return { cost: readsSoFar() - before, data };
    }

    it('give each other what they have read, also to one that starts later', async () => {
      const first = await ask(await start(), LIST);
      expect(first.cost).toBe(5);
      expect(await ask(await start(), LIST)).toEqual({ ...first, cost: 0 });
    });

    it('give nothing to one that reads with another token', async () => {
      await ask(await start(), LIST);
      const stranger = await start({ METRONOME_API_TOKEN: 'another', MAPLE_API_TOKEN: 'another' });
      const { data, errors } = await postOperation(stranger.url, LIST, {});
      expect(data).toEqual({ customers: null, plans: null });
      expect(errors?.map(({ extensions }) => extensions?.code)).toContain('UPSTREAM_UNAUTHORIZED');
    });

    it('ask anew after a write by one that keeps nothing itself', async () => {
      const write = await voidMapleInvoice.prepare(upstreams);
      const id = pick(write.variables('key'), 'input', 'invoiceId');
      const query = 'query ($id: ID!) { invoice(id: $id) { status } }';
      const keeping = await start();
      await ask(keeping, query, { id });
      expect((await ask(keeping, query, { id })).cost).toBe(0);
      const writing = await start({ CACHE_TTL_MS: '0' });
      const answer = await postOperation(writing.url, write.query, write.variables('key'));
      expect(pick(answer.data, 'result')).toMatchObject(write.success);
      expect((await ask(keeping, query, { id })).data).toEqual({ invoice: { status: 'VOID' } });
    });

    it('ask the systems how they are doing, whatever is kept', async () => {
      const query = '{ customers(first: 1) { nodes { id } } }';
      const first = await start();
      await ask(first, '{ providers { status } }');
      await ask(first, query);
      const later = await start();
      expect((await ask(later, query)).cost).toBe(0);
      expect(await ask(later, '{ providers { status } }')).toEqual({
        cost: 2,
        data: { providers: [{ status: 'UP' }, { status: 'UP' }] },
      });
    });

    it('keep nothing of customers where that is turned off, and the catalogue all the same', async () => {
      const gateway = await start({ CACHE_CUSTOMER_TTL_MS: '0' });
      await ask(gateway, LIST);
      expect((await ask(gateway, LIST)).cost).toBe(2);
    });

    it('answer as well while Redis is gone, only with more calls, and use nothing of before once it is back', async () => {
      const gateway = await start();
      const first = await ask(gateway, LIST);
      const customer = await callMaple(upstreams.sandbox, 'GET', '/customers/acct_1001');
      const id = encodeNodeId('Customer', 'MAPLE', pickText(customer, 'id'));
      await redis.kill();
      expect(await ask(gateway, LIST)).toEqual(first);
      expect(await ask(gateway, LIST)).toEqual(first);
      expect(await ask(gateway, CUSTOMER, { id })).toEqual({
        cost: 1,
        data: { customer: { name: 'Orchard Labs' } },
      });
      await redis.start();
      await expect.poll(async () => (await ask(gateway, LIST)).cost, { timeout: 5000, interval: 20 }).toBe(0);
    });

    it('answer within the time of a request when Redis takes commands and does not answer', async () => {
      const gateway = await start();
      const first = await ask(gateway, LIST);
      redis.pause();
      const from = performance.now();
      expect(await ask(gateway, LIST)).toEqual(first);
      expect(performance.now() - from).toBeLessThan(5000);
      redis.resume();
    });

    it('send no write while kept reads cannot be ended, and say so', async () => {
      const write = await voidMapleInvoice.prepare(upstreams);
      const log = createLogLines();
      const gateway = await start({}, log.logger);
      // Records can be put still; what is kept of reads cannot be changed.
      await redis.command('ACL', 'SETUSER', 'default', 'resetkeys', '~billing-gateway:record:*');
      const answer = await postOperation(gateway.url, write.query, write.variables('key'));
      expect(pick(answer.data, 'result')).toMatchObject({
        __typename: 'UpstreamUnavailableError',
        code: 'UPSTREAM_UNAVAILABLE',
      });
      expect(upstreams.proxy.MAPLE.writes).toEqual([]);
      expect(JSON.stringify(log.lines())).toContain('kept reads could not be ended');
      await redis.command('ACL', 'SETUSER', 'default', 'allkeys');
      const retry = await postOperation(gateway.url, write.query, write.variables('key'));
      expect(pick(retry.data, 'result')).toMatchObject(write.success);
    });
  },
);
