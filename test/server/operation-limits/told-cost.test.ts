import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerWithCost, callCount, costIn } from '../../support/asked-cost.ts';
import { createFaultSwitch } from '../../support/fault-switch.ts';
import { jsonFault } from '../../support/json-fault.ts';
import { sha256 } from '../../support/manifest-folder.ts';
import { sendOperation } from '../../support/operation-request.ts';
import { pick, pickList, pickObject, pickText } from '../../support/pick.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const FIND_ACCOUNT = '{ account(identifier: "acct_1001") { customers { id provider } } }';

function many(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}

describe('the cost of an operation', () => {
  let gateway: TestGateway;
  const faults = createFaultSwitch();
  beforeAll(async () => {
    gateway = await startTestGateway({
      metronome: { onRequest: faults.onRequest },
      env: { MAX_UPSTREAM_CALLS: '30', MAX_NODES: '60' },
    });
  });
  beforeEach(() => gateway.forgetCalls());
  afterEach(() => faults.turnOff());
  afterAll(() => gateway.stop());

  it('is told to who asks for it, by POST and by GET', async () => {
    const query = '{ customers(first: 5) { nodes { name invoices(first: 1) { nodes { id } } } } }';
    for (const method of ['POST', 'GET'] as const) {
      gateway.forgetCalls();
      const { body } = await sendOperation(gateway.url, method, { query, extensions: { cost: true } });
      const cost = costIn(body);
      expect(pickList(body, 'data', 'customers', 'nodes')).toHaveLength(5);
      expect(cost.limit).toEqual({ nodes: 60, upstreamCalls: 30 });
      expect(cost.requested).toEqual({ nodes: 10, upstreamCalls: 7 });
      expect(cost.actual).toEqual({ nodes: 10, upstreamCalls: callCount(gateway) });
    }
  });

  it.each([{}, { cost: false }, { cost: 'true' }])('is told to nobody else: %j', async (extensions) => {
    const { body } = await sendOperation(gateway.url, 'POST', { query: '{ __typename }', extensions });
    expect(pickObject(body, 'data')).not.toHaveProperty('extensions');
    expect(body).not.toHaveProperty('extensions');
  });

  it('is told with a refusal, of which nothing was done', async () => {
    const { body, cost } = await answerWithCost(gateway, '{ customers(first: 61) { nodes { id } } }');
    expect(pick(body, 'errors', 0, 'extensions', 'code')).toBe('OPERATION_TOO_COMPLEX');
    expect(cost.requested).toEqual({ nodes: 61, upstreamCalls: 2 });
    expect(cost.actual).toEqual({ nodes: 0, upstreamCalls: 0 });
  });

  it('is told of persisted operations', async () => {
    const query = 'query A { providers { sandbox } }';
    const persistedQuery = { version: 1, sha256Hash: sha256(query) };
    const extensions = { persistedQuery, cost: true };
    await sendOperation(gateway.url, 'POST', { query, extensions });
    const { body } = await sendOperation(gateway.url, 'POST', { extensions });
    expect(costIn(body).actual).toEqual({ nodes: 2, upstreamCalls: 0 });
  });

  it('is told with the last part of an answer in parts', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: '{ providers { sandbox } ... @defer { customers(first: 2) { nodes { id } } } }',
        extensions: { cost: true },
      }),
    });
    const parts = [...(await response.text()).matchAll(/^data: ?(\{.*)$/gm)].map(([, json = '']): unknown =>
      JSON.parse(json),
    );
    expect(parts.length).toBeGreaterThan(1);
    expect(parts[0]).not.toHaveProperty('extensions');
    expect(costIn(parts.at(-1)).actual).toEqual({ nodes: 4, upstreamCalls: callCount(gateway) });
  });

  it('counts what one read serves several fields with once', async () => {
    const query = `{ ${many(10, (at) => `a${at}: customers(first: 1) { nodes { id } }`)} }`;
    const { cost } = await answerWithCost(gateway, query);
    expect(cost.requested.upstreamCalls).toBe(20);
    expect(cost.actual).toEqual({ nodes: 10, upstreamCalls: 2 });
  });

  it('counts the calls of a write, and what is read after it', async () => {
    const found = await gateway.data(
      '{ account(identifier: "acct_1001") { invoices(first: 1, filter: { statuses: [OPEN], providers: [MAPLE] }) { nodes { id } } } }',
    );
    const invoiceId = pickText(found, 'account', 'invoices', 'nodes', 0, 'id');
    gateway.forgetCalls();
    const { body, cost } = await answerWithCost(
      gateway,
      `mutation ($id: ID!) { voidInvoice(input: { idempotencyKey: "cost-1", invoiceId: $id }) {
        ... on VoidInvoiceSuccess { invoice { status customer { name } } } } }`,
      { id: invoiceId },
    );
    expect(pick(body, 'data', 'voidInvoice', 'invoice', 'status')).toBe('VOID');
    expect(cost.actual.upstreamCalls).toBe(callCount(gateway));
    expect(cost.actual.upstreamCalls).toBeGreaterThan(0);
    expect(cost.requested.upstreamCalls).toBeGreaterThanOrEqual(cost.actual.upstreamCalls);
  });

  it('ends a list that goes on without end at the limit, with an error at its place', async () => {
    let page = 0;
    faults.turnOn((request) => {
      if (request.path !== '/v1/customers') return undefined;
      page += 1;
      return jsonFault({ data: [], next_page: `page-${page}` });
    });
    const { body, cost } = await answerWithCost(
      gateway,
      '{ customers(filter: { providers: [METRONOME] }) { nodes { id } } providers { sandbox } }',
    );
    expect(body).toMatchObject({
      data: { customers: null, providers: [{ sandbox: false }, { sandbox: false }] },
      errors: [
        {
          path: ['customers'],
          message: 'The operation takes more than 30 upstream calls.',
          extensions: { code: 'OPERATION_TOO_COMPLEX' },
        },
      ],
    });
    expect(callCount(gateway)).toBe(30);
    expect(cost.actual.upstreamCalls).toBe(30);
    expect(cost.requested.upstreamCalls).toBe(30);
  });

  it('ends objects that were not expected at the limit, with an error at their place', async () => {
    const found = await gateway.data(FIND_ACCOUNT);
    const id = pickText(found, 'account', 'customers', 0, 'id');
    const data = Array.from({ length: 80 }, (_, at) => ({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      plan_id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      plan_name: 'Growth',
      plan_description: '',
      starting_on: '2026-01-01T00:00:00Z',
      custom_fields: {},
    }));
    faults.turnOn(({ path }) => (path.endsWith('/plans') ? jsonFault({ data, next_page: null }) : undefined));
    const { body, cost } = await answerWithCost(
      gateway,
      'query ($id: ID!) { customer(id: $id) { name plans(first: 80) { nodes { id } } } }',
      { id },
    );
    expect(body).toMatchObject({
      data: { customer: { plans: null } },
      errors: [
        {
          path: ['customer', 'plans', 'nodes'],
          message: 'The answer has more than 60 nodes.',
          extensions: { code: 'OPERATION_TOO_COMPLEX' },
        },
      ],
    });
    expect(cost.requested.nodes).toBe(cost.actual.nodes);
  });

  it('is counted for each operation alone', async () => {
    const query = '{ customers(first: 1) { nodes { account { name } } } }';
    const costs = await Promise.all(Array.from({ length: 20 }, () => answerWithCost(gateway, query)));
    for (const { body, cost } of costs) {
      expect(body).not.toHaveProperty('errors');
      expect(cost.actual.upstreamCalls).toBeLessThanOrEqual(cost.requested.upstreamCalls);
    }
    const counted = costs.reduce((sum, { cost }) => sum + cost.actual.upstreamCalls, 0);
    expect(counted).toBe(callCount(gateway));
  });
});
