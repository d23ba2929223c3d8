import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { documentedCalls } from '../support/documented-calls.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const FIND_CUSTOMER = { 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 };
const JUNE = '(from: "2026-06-01T00:00:00Z", to: "2026-07-15T00:00:00Z")';

/** Every row of the table is measured here, and everything measured here is a row of it. */
describe('a query of lists', () => {
  let gateway: TestGateway;
  const faults = createFaultSwitch();
  const { expectCalls, unmeasured } = documentedCalls('Lists', () => gateway);
  beforeAll(async () => {
    gateway = await startTestGateway({ metronome: { onRequest: faults.onRequest } });
  });
  afterEach(() => faults.turnOff());
  afterAll(() => gateway.stop());

  it.each(['application/json', 'application/graphql-response+json'])(
    'for a page of customers asks each provider for one page, of the size asked for, accepting %s',
    async (accept) => {
      gateway.forgetCalls();
      const query = '{ customers(first: 20) { nodes { name } pageInfo { endCursor } } }';
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query }),
      });
      expect(response.headers.get('content-type')).toContain(accept);
      expect(pickList(await response.json(), 'data', 'customers', 'nodes')).toHaveLength(20);
      expect(gateway.calls()).toEqual(FIND_CUSTOMER);
      expect(gateway.metronome.requests[0]?.query.get('limit')).toBe('20');
      expect(pick(gateway.maple.requests[0]?.body, 'pagination', 'limit')).toBe(20);
    },
  );

  it('for a page of customers costs one call per provider', async () => {
    const data = await expectCalls(
      '`customers(first: 20) { nodes { name } }`',
      FIND_CUSTOMER,
      '{ customers(first: 20) { nodes { name } } }',
    );
    expect(pickList(data, 'customers', 'nodes')).toHaveLength(20);
  });

  it('for hasNextPage asks for one row more, and for no further call', async () => {
    const data = await expectCalls(
      'the same with `pageInfo { hasNextPage }`',
      FIND_CUSTOMER,
      '{ customers(first: 20) { nodes { name } pageInfo { hasNextPage } } }',
    );
    expect(pick(data, 'customers', 'pageInfo', 'hasNextPage')).toBe(true);
    expect(gateway.metronome.requests[0]?.query.get('limit')).toBe('21');
  });

  it('for the second page costs as much as for the first', async () => {
    const page = await gateway.data('{ customers(first: 20) { nodes { id } pageInfo { endCursor } } }');
    const data = await expectCalls(
      'its second page, `after` the end cursor of the first',
      FIND_CUSTOMER,
      'query ($after: String) { customers(first: 20, after: $after) { nodes { id } pageInfo { hasNextPage } } }',
      { after: pickText(page, 'customers', 'pageInfo', 'endCursor') },
    );
    const seen = pickList(page, 'customers', 'nodes').map((node) => pickText(node, 'id'));
    const next = pickList(data, 'customers', 'nodes').map((node) => pickText(node, 'id'));
    expect(new Set([...seen, ...next]).size).toBe(40);
  });

  it('for no customers at all costs no call', async () => {
    await expectCalls(
      '`customers(first: 0) { nodes { name } }`',
      {},
      '{ customers(first: 0) { nodes { name } } }',
    );
  });

  it('for a page anywhere in a list costs at most two calls per provider', async () => {
    let after: string | null = null;
    for (let page = 1; page <= 8; page += 1) {
      gateway.forgetCalls();
      const data: unknown = await gateway.data(
        'query ($after: String) { customers(first: 25, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(Math.max(...Object.values(gateway.calls()))).toBeLessThanOrEqual(2);
      after = pickText(data, 'customers', 'pageInfo', 'endCursor');
    }
  });

  it('for invoices of 20 customers lists customers once per provider, and invoices once per customer', async () => {
    await expectCalls(
      '`customers(first: 20) { nodes { invoices(first: 5) { nodes { id total { amount } } } } }`',
      {
        ...FIND_CUSTOMER,
        'METRONOME GET /v1/customers/:id/invoices': 10,
        'MAPLE POST /invoices/find': 10,
      },
      '{ customers(first: 20) { nodes { invoices(first: 5) { nodes { id total { amount } } } } } }',
    );
  });

  it('for the customer of 100 invoices of one customer reads that customer once', async () => {
    const { metronome } = gateway;
    const found = await gateway.data('{ account(identifier: "acct_1001") { customers { id providerId } } }');
    const customerId = pickText(found, 'account', 'customers', 0, 'providerId');
    const path = `/v1/customers/${customerId}/invoices`;
    const answer = await fetch(`${metronome.url}${path}?limit=1`, {
      headers: { authorization: `Bearer ${metronome.token}` },
    });
    const row = pickObject(await answer.json(), 'data', 0);
    const data = Array.from({ length: 100 }, (_, index) => ({ ...row, id: invoiceId(index) }));
    faults.turnOn((request) => (request.path === path ? jsonFault({ data, next_page: null }) : undefined));
    const page = await expectCalls(
      '`customer(id:) { invoices(first: 100) { nodes { customer { name } } } }`',
      { 'METRONOME GET /v1/customers': 1, 'METRONOME GET /v1/customers/:id/invoices': 1 },
      'query ($id: ID!) { customer(id: $id) { invoices(first: 100) { nodes { id customer { name } } } } }',
      { id: pickText(found, 'account', 'customers', 0, 'id') },
    );
    const names = pickList(page, 'customer', 'invoices', 'nodes').map((node) =>
      pickText(node, 'customer', 'name'),
    );
    expect(names).toEqual(Array.from({ length: 100 }, () => 'Orchard Labs'));
  });

  it('for the charges of plans that 50 customers share reads the charges of each plan once', async () => {
    const data = await expectCalls(
      '`customers(first: 50, filter: { providers: [METRONOME] }) { nodes { plans { nodes { name charges { nodes { name } } } } } }`',
      {
        'METRONOME GET /v1/customers': 1,
        'METRONOME GET /v1/customers/:id/plans': 50,
        'METRONOME GET /v1/planDetails/:id/charges': 8,
      },
      `{ customers(first: 50, filter: { providers: [METRONOME] }) {
        nodes { plans { nodes { id name charges { nodes { name } } } } }
      } }`,
    );
    const plans = pickList(data, 'customers', 'nodes').flatMap((node) => pickList(node, 'plans', 'nodes'));
    expect(plans.length).toBeGreaterThan(50);
    expect(new Set(plans.map((plan) => pickText(plan, 'id'))).size).toBe(8);
  });

  it('for plans and charges of Maple customers reads each bundle once', async () => {
    const data = await expectCalls(
      '`customers(first: 20, filter: { providers: [MAPLE] }) { nodes { plans { nodes { name charges { nodes { name } } } } } }`',
      { 'MAPLE POST /customers/find': 1, 'MAPLE POST /subscriptions/find': 20, 'MAPLE GET /bundles/:id': 19 },
      `{ customers(first: 20, filter: { providers: [MAPLE] }) {
        nodes { plans { nodes { id name charges { nodes { name } } } } }
      } }`,
    );
    const plans = pickList(data, 'customers', 'nodes').flatMap((node) => pickList(node, 'plans', 'nodes'));
    expect(plans.length).toBeGreaterThan(19);
    expect(new Set(plans.map((plan) => pickText(plan, 'id'))).size).toBe(19);
  });

  it('for the accounts of customers asks only the other provider about each', async () => {
    await expectCalls(
      '`customers(first: 10, filter: { providers: [MAPLE] }) { nodes { account { customers { name } } } }`',
      { 'METRONOME GET /v1/customers': 10, 'MAPLE POST /customers/find': 1 },
      '{ customers(first: 10, filter: { providers: [MAPLE] }) { nodes { account { customers { name } } } } }',
    );
  });

  it('for the whole catalogue reads details and charges of each plan once, whatever asks for them', async () => {
    const fields =
      'nodes { name status minimums { name } charges(first: 100) { nodes { name product { name } } } }';
    await expectCalls(
      '`plans(first: 100) { nodes { name } }`',
      {
        'METRONOME GET /v1/plans': 1,
        'MAPLE POST /bundles/find': 1,
        'MAPLE POST /pricing/find': 1,
      },
      '{ plans(first: 100) { nodes { name } } }',
    );
    await expectCalls(
      '`plans(first: 100) { nodes { name status minimums { name } charges { nodes { name product { name } } } } }`, under two aliases',
      {
        'METRONOME GET /v1/plans': 1,
        'METRONOME GET /v1/planDetails/:id': 9,
        'METRONOME GET /v1/planDetails/:id/charges': 9,
        'MAPLE POST /bundles/find': 1,
        'MAPLE POST /pricing/find': 1,
        'MAPLE GET /products/:id': 6,
      },
      `{ a: plans(first: 100) { ${fields} } b: plans(first: 100) { ${fields} } }`,
    );
  });

  it('for a whole account page reads each list once', async () => {
    await expectCalls(
      '`account(identifier:) { plans { nodes { name charges { nodes { name } } } } charges { nodes { name } } invoices { nodes { total { amount } } } costs { nodes { basis } } costTotals { amount } }`',
      {
        'METRONOME GET /v1/customers': 1,
        'METRONOME GET /v1/customers/:id/plans': 1,
        'METRONOME GET /v1/customers/:id/invoices': 2,
        'METRONOME GET /v1/customers/:id/costs': 1,
        'METRONOME GET /v1/planDetails/:id/charges': 2,
        'MAPLE POST /customers/find': 1,
        'MAPLE POST /subscriptions/find': 2,
        'MAPLE POST /one_times/find': 1,
        'MAPLE POST /invoices/find': 1,
        'MAPLE POST /invoices/next': 2,
        'MAPLE GET /bundles/:id': 3,
      },
      `{ account(identifier: "acct_1001") {
        plans { nodes { name charges { nodes { name } } } }
        charges { nodes { name } }
        invoices { nodes { total { amount } } }
        costs${JUNE} { nodes { basis } }
        costTotals${JUNE} { amount }
      } }`,
    );
  });

  it('has its cost in the document, row for row', () => {
    expect(unmeasured()).toEqual([]);
  });
});

function invoiceId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
