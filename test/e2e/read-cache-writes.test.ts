import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeNodeId, encodeNodeId } from '../../src/node-id.ts';
import type { Provider } from '../../src/provider.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';
import { callMaple, callMetronome } from '../support/sandbox-call.ts';
import type { PreparedWrite } from '../support/write-subject.ts';
import { addMapleCharge, voidMapleInvoice } from '../support/maple-write-subjects.ts';
import { voidMetronomeInvoice } from '../support/metronome-write-subjects.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { startWriteWorld, type WriteWorld } from '../support/write-world.ts';

const CACHE = { CACHE_TTL_MS: '600000' };
const LIST = '{ customers(first: 100) { nodes { id name } } }';
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { id name } customers(first: 100) { nodes { id } } }`;
const INVOICE = `query ($id: ID!) {
  invoice(id: $id) { status customer { id name } } customers(first: 100) { nodes { id } }
}`;

/** Where answers are kept, and how many gateways share them. */
const PLACES = [
  { place: 'memory', gateways: 1 },
  { place: 'Redis', gateways: 2 },
].filter(
  ({ place }) => place === 'memory' || !withoutRedis('reads kept in Redis, and what writes do to them'),
);

describe.each(PLACES)('answers kept in $place', ({ place, gateways }) => {
  let redis: RedisServer | null;
  let world: WriteWorld;
  /** Where nothing is written. */
  const other = gateways - 1;

  beforeEach(async () => {
    redis = place === 'Redis' ? await startRedisServer() : null;
    const env = redis === null ? CACHE : { ...CACHE, REDIS_URL: redis.url };
    world = await startWriteWorld({ env, gateways });
  });
  afterEach(async () => {
    await world.close();
    await redis?.stop();
  });

  /** How many reads reach the provider for a query, and its data. Answers are sent before Redis has said that it keeps them. */
  async function read(provider: Provider, query: string, id: unknown, gateway: number) {
    const before = world.proxy[provider].count('read arrived');
    const { data, errors } = await world.post(query, { id }, { gateway });
    expect(errors).toBeUndefined();
    return { cost: world.proxy[provider].count('read arrived') - before, data };
  }

  /** The customer or the invoice that is going to be written, and its customer, as a query reads them. */
  function subjectOf(write: PreparedWrite): { readonly query: string; readonly id: unknown } {
    const input = pick(write.variables('key'), 'input');
    return typeof input === 'object' && input !== null && 'customerId' in input
      ? { query: CUSTOMER, id: input.customerId }
      : { query: INVOICE, id: pick(input, 'invoiceId') };
  }

  describe.each(WRITE_SUBJECTS.map((subject) => ({ title: subject.title, subject })))(
    'and $title',
    ({ subject }) => {
      it('are asked for anew by the next read of that customer, in every process', async () => {
        const write = await subject.prepare(world);
        const { query, id } = subjectOf(write);
        const { provider } = subject;
        const cold = await read(provider, query, id, 0);
        expect(cold.cost).toBeGreaterThan(1);
        for (let gateway = 0; gateway < gateways; gateway += 1)
          await expect.poll(() => read(provider, query, id, gateway)).toEqual({ ...cold, cost: 0 });
        const answer = await world.post(write.query, write.variables('key'));
        expect(pick(answer.data, 'result')).toMatchObject(write.success);
        // The list is part of both queries; the customer or invoice itself may have been read by the mutation's answer.
        expect((await read(provider, LIST, null, other)).cost).toBe(1);
        const after = await read(provider, query, id, other);
        await expect.poll(() => read(provider, query, id, 0)).toEqual({ ...after, cost: 0 });
      });

      it('are neither kept nor shared while the write is under way', async () => {
        const write = await subject.prepare(world);
        const { query, id } = subjectOf(write);
        const { provider } = subject;
        const cold = await read(provider, query, id, other);
        const release = world.proxy[provider].holdWrites();
        const answer = world.post(write.query, write.variables('key'));
        await world.proxy[provider].reached('write arrived', 1);
        expect(await read(provider, query, id, other)).toEqual(cold);
        expect(await read(provider, query, id, other)).toEqual(cold);
        release();
        expect(pick((await answer).data, 'result')).toMatchObject(write.success);
        expect((await read(provider, LIST, null, other)).cost).toBe(1);
      });
    },
  );

  it.each([
    { provider: 'METRONOME', subject: voidMetronomeInvoice },
    { provider: 'MAPLE', subject: voidMapleInvoice },
  ] as const)(
    'show an invoice of $provider as open before it is voided, and as void after',
    async ({ subject }) => {
      const write = await subject.prepare(world);
      const { query, id } = subjectOf(write);
      const status = async () =>
        pick((await world.post(query, { id }, { gateway: other })).data, 'invoice', 'status');
      expect(await status()).not.toBe('VOID');
      await world.post(write.query, write.variables('key'));
      expect(await status()).toBe('VOID');
    },
  );

  it('stay for other customers, for the other system and for the catalogue', async () => {
    const write = await voidMetronomeInvoice.prepare(world);
    const rows = pickList(await callMetronome(world.sandbox, 'GET', '/v1/customers?limit=2'), 'data');
    const id = encodeNodeId('Customer', 'METRONOME', pickText(rows[1], 'id'));
    const maple = encodeNodeId(
      'Customer',
      'MAPLE',
      pickText(await callMaple(world.sandbox, 'GET', '/customers/acct_1002'), 'id'),
    );
    const query = `query ($id: ID!, $maple: ID!) {
      one: customer(id: $id) { id } two: customer(id: $maple) { id } plans { nodes { id name } }
      customers(first: 100, filter: { providers: [MAPLE] }) { nodes { id } }
    }`;
    await world.post(query, { id, maple });
    await world.post(write.query, write.variables('key'));
    const counts = () =>
      [world.proxy.METRONOME, world.proxy.MAPLE].map((proxy) => proxy.count('read arrived'));
    const before = counts();
    expect((await world.post(query, { id, maple }, { gateway: other })).errors).toBeUndefined();
    expect(counts()).toEqual(before);
  });

  it('are asked for anew where they were asked for by another spelling of the id', async () => {
    const write = await voidMetronomeInvoice.prepare(world);
    const [, customerId = '', invoiceId = ''] = decodeNodeId(String(subjectOf(write).id))?.parts ?? [];
    const id = encodeNodeId('Invoice', 'METRONOME', customerId.toUpperCase(), invoiceId);
    const query = 'query ($id: ID!) { invoice(id: $id) { status } }';
    await read('METRONOME', query, id, 0);
    await expect.poll(() => read('METRONOME', query, id, other)).toMatchObject({ cost: 0 });
    await world.post(write.query, write.variables('key'));
    expect(await read('METRONOME', query, id, other)).toMatchObject({
      data: { invoice: { status: 'VOID' } },
    });
  });

  it('are not kept after a write whose outcome nobody knows', async () => {
    const write = await addMapleCharge.prepare(world);
    const { query, id } = subjectOf(write);
    const cold = await read('MAPLE', query, id, other);
    world.proxy.MAPLE.play([{ kind: '502', commit: 'never', stored: false }], true);
    const answer = await world.post(write.query, write.variables('key'));
    expect(pick(answer.data, 'result', '__typename')).toBe('OutcomeUnknownError');
    expect(await read('MAPLE', query, id, other)).toEqual(cold);
    expect(await read('MAPLE', query, id, other)).toEqual(cold);
  });

  it('are kept again after a write that was refused', async () => {
    const write = await voidMapleInvoice.prepare(world);
    const { query, id } = subjectOf(write);
    const cold = await read('MAPLE', query, id, other);
    world.proxy.MAPLE.play([{ kind: '422', commit: 'never', stored: false }]);
    const answer = await world.post(write.query, write.variables('key'));
    expect(pick(answer.data, 'result', '__typename')).toBe('UpstreamRejectedError');
    expect(await read('MAPLE', query, id, other)).toEqual(cold);
    await expect.poll(() => read('MAPLE', query, id, 0)).toEqual({ ...cold, cost: 0 });
  });
});
