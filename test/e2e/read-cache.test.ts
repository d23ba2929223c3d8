import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { callMaple, callMetronome } from '../support/sandbox-call.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { refusal } from '../support/upstream-outages.ts';

const CATALOGUE_MS = 60_000;
const CUSTOMER_MS = 12_000;
const CATALOGUE = `{ plans(first: 100) { nodes {
  id name status minimums { name } charges(first: 100) { nodes { name product { name } } }
} } }`;
const UNKNOWN_METRONOME = '5f2b0a54-0000-4000-8000-000000000001';

const faults = createFaultSwitch();
let gateway: TestGateway;
let now = 0;

beforeAll(async () => {
  gateway = await startTestGateway({
    metronome: { onRequest: faults.onRequest },
    maple: { onRequest: faults.onRequest },
    env: { CACHE_TTL_MS: String(CATALOGUE_MS) },
    cacheNow: () => now,
  });
});
beforeEach(() => {
  // Beyond everything that an earlier test has left.
  now += CATALOGUE_MS;
  gateway.forgetCalls();
});
afterEach(() => faults.turnOff());
afterAll(() => gateway.stop());

/** The calls that a query costs now. */
async function callsFor(query: string, variables?: Readonly<Record<string, unknown>>) {
  gateway.forgetCalls();
  await gateway.data(query, variables);
  return gateway.calls();
}

async function total(query: string, variables?: Readonly<Record<string, unknown>>): Promise<number> {
  const counts = Object.values(await callsFor(query, variables));
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('a repeated query of the catalogue', () => {
  it('costs no upstream call, and has the same answer', async () => {
    const first = await gateway.data(CATALOGUE);
    const cost = Object.keys(gateway.calls());
    expect(cost).toEqual(expect.arrayContaining(['METRONOME GET /v1/plans', 'MAPLE POST /bundles/find']));
    gateway.forgetCalls();
    expect(await gateway.data(CATALOGUE)).toEqual(first);
    expect(gateway.calls()).toEqual({});
  });

  it('asks again when its time is over', async () => {
    const first = await callsFor(CATALOGUE);
    now += CATALOGUE_MS - 1;
    expect(await callsFor(CATALOGUE)).toEqual({});
    now += 1;
    expect(await callsFor(CATALOGUE)).toEqual(first);
  });

  it('costs each call once when asked ten times at once', async () => {
    const once = await callsFor(CATALOGUE);
    now += CATALOGUE_MS;
    gateway.forgetCalls();
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.data(CATALOGUE)));
    expect(gateway.calls()).toEqual(once);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('shares what another query has read', async () => {
    const plans = await gateway.data(CATALOGUE);
    const id = { id: pickText(plans, 'plans', 'nodes', 0, 'id') };
    expect(await total('query ($id: ID!) { plan(id: $id) { name minimums { name } } }', id)).toBe(0);
  });
});

describe('customers', () => {
  const LIST = '{ customers(first: 20) { nodes { id name } } }';
  const ONE = 'query ($id: ID!) { customer(id: $id) { id name email } node(id: $id) { id } }';

  it('are kept for a shorter time than the catalogue', async () => {
    await gateway.data(LIST);
    now += CUSTOMER_MS - 1;
    expect(await total(LIST)).toBe(0);
    now += 1;
    expect(await total(LIST)).toBe(2);
  });

  it.each(['METRONOME', 'MAPLE'])('of %s are kept one by one, and by identifier', async (provider) => {
    const [customer] = pickList(
      await gateway.data(
        'query ($p: [Provider!]) { customers(first: 1, filter: { providers: $p }) { nodes { id identifiers } } }',
        {
          p: [provider],
        },
      ),
      'customers',
      'nodes',
    );
    const id = { id: pickText(customer, 'id') };
    await gateway.data(ONE, id);
    expect(await total(ONE, id)).toBe(0);
  });

  it('of both systems are found again by identifier without a call', async () => {
    const account = '{ account(identifier: "acct_1001") { name customers { id } } }';
    await gateway.data(account);
    expect(await total(account)).toBe(0);
  });

  it('that are not there are asked for each time, whichever way', async () => {
    const queries: readonly (readonly [string, number])[] = [
      ['{ account(identifier: "nobody") { name } }', 3],
      [`{ customerByProviderId(provider: METRONOME, providerId: "${UNKNOWN_METRONOME}") { name } }`, 2],
      ['{ customerByProviderId(provider: MAPLE, providerId: "cus_nobody") { name } }', 1],
      // An identifier in the place of an id.
      ['{ customerByProviderId(provider: MAPLE, providerId: "acct_1001") { name } }', 1],
    ];
    for (const [query, calls] of queries) {
      await gateway.data(query);
      expect([query, await total(query)]).toEqual([query, calls]);
    }
  });

  it('of whom one of a batch is missing are asked for again, all of them', async () => {
    const customer = pick(await callMetronome(gateway, 'GET', '/v1/customers?limit=1'), 'data', 0);
    const ids = [pickText(customer, 'id'), UNKNOWN_METRONOME].map((id) =>
      encodeNodeId('Customer', 'METRONOME', id),
    );
    const batch = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    await gateway.data(batch, { ids });
    expect(await total(batch, { ids })).toBe(2);
  });

  it('who could not be read are asked for again', async () => {
    const id = { id: encodeNodeId('Customer', 'MAPLE', pickText(await mapleCustomer(), 'id')) };
    faults.turnOn(refusal(503));
    expect((await gateway.answer(ONE, id)).errors?.[0]?.extensions?.code).toBe('UPSTREAM_UNAVAILABLE');
    faults.turnOff();
    expect(await total(ONE, id)).toBe(1);
  });
});

describe('a single invoice', () => {
  const INVOICE = 'query ($id: ID!) { invoice(id: $id) { status total { amount } } }';

  it('that is final is kept for the time of customers, and one that is a draft is not', async () => {
    const { id: customerId } = await metronomeCustomer();
    const list = await callMetronome(
      gateway,
      'GET',
      `/v1/customers/${customerId}/invoices?limit=100&sort=date_desc`,
    );
    const seen = new Set<string>();
    for (const row of pickList(list, 'data')) {
      const status = pickText(row, 'status');
      if (seen.has(status)) continue;
      seen.add(status);
      const id = { id: encodeNodeId('Invoice', 'METRONOME', customerId, pickText(row, 'id')) };
      await gateway.data(INVOICE, id);
      expect([status, await total(INVOICE, id)]).toEqual([status, status === 'DRAFT' ? 1 : 0]);
      now += CUSTOMER_MS;
      expect([status, await total(INVOICE, id)]).toEqual([status, 1]);
    }
    expect(seen).toEqual(new Set(['DRAFT', 'FINALIZED', 'VOID']));
  });

  it.each([
    ['DRAFT', 1],
    ['PENDING', 0],
    ['PAYMENT_PROCESSING', 0],
    ['PARTIALLY_PAID', 0],
    ['PAID', 0],
    ['OVERDUE', 0],
    ['VOID', 0],
    ['a word of tomorrow', 1],
  ])('of Maple in status %s costs, when asked again, so many calls: %i', async (status, calls) => {
    faults.turnOn(
      jsonFault({
        uuid: 'inv-1',
        status,
        currency: 'USD',
        customer_id: 'cus_1',
        invoice_date: '2026-06-01T00:00:00Z',
        total: { currency: 'USD', value_in_cents: 1 },
      }),
    );
    const id = { id: encodeNodeId('Invoice', 'MAPLE', 'cus_1', 'inv-1') };
    await gateway.data(INVOICE, id);
    expect(await total(INVOICE, id)).toBe(calls);
  });
});

describe('what is never kept', () => {
  const WINDOW = '(from: "2026-06-01T00:00:00Z", to: "2026-07-15T00:00:00Z")';

  it.each([
    ['invoices of a customer', 'invoices(first: 5) { nodes { status total { amount } } }', 2],
    ['costs and what is due next', `costs${WINDOW} { nodes { basis } }`, 4],
    ['plans of a customer', 'plans { nodes { id } }', 2],
    ['one-time charges', 'charges { nodes { name } }', 2],
  ])('is asked for each time: %s', async (_what, field, calls) => {
    const query = `{ account(identifier: "acct_1001") { ${field} } }`;
    await gateway.data(query);
    expect(await total(query)).toBe(calls);
    expect(await total(query)).toBe(calls);
  });

  it('shows what has changed upstream, where kept parts stand beside it', async () => {
    const query = `{ account(identifier: "acct_1001") { name customers { invoices(first: 50) { nodes { id status } } } } }`;
    const before = await gateway.data(query);
    const customer = await mapleCustomer();
    const find = {
      query: { customer_id: pick(customer, 'id') },
      sort_key: 'createdAtDesc',
      pagination: { limit: 100 },
    };
    const open = pickList(await callMaple(gateway, 'POST', '/invoices/find', find), 'results').find(
      (row) => pick(row, 'status') === 'PENDING',
    );
    await callMaple(gateway, 'POST', `/invoices/${pickText(open, 'uuid')}/void`);
    expect(await gateway.data(query)).not.toEqual(before);
  });
});

async function mapleCustomer(): Promise<unknown> {
  return callMaple(gateway, 'GET', '/customers/acct_1001');
}

async function metronomeCustomer(): Promise<{ readonly id: string }> {
  const row = pick(await callMetronome(gateway, 'GET', '/v1/customers?limit=1'), 'data', 0);
  return { id: pickText(row, 'id') };
}
