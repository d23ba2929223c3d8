import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companies } from '../../src/sandbox/dataset/companies.ts';
import { DEFAULT_SANDBOX_NOW } from '../../src/sandbox/sandbox-clock.ts';
import { pick, pickList, pickText, type Step } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { walkConnection } from '../support/walk-connection.ts';

const COMPANY_COUNT = 80;
const PAGE = 'edges { cursor node { %NODE } } pageInfo { hasNextPage endCursor }';
const WINDOW = 'from: "2026-05-01T00:00:00Z", to: "2026-09-01T00:00:00Z"';

interface Connection {
  readonly title: string;
  readonly query: string;
  readonly at: readonly Step[];
  /** How many items it holds at least, so that a walk has something to walk. */
  readonly atLeast: number;
}

/** A connection field of the showcase account; `%ARGS` is where first and after belong. */
function ofAccount(field: string, args: string, node: string, atLeast: number): Connection {
  const page = PAGE.replace('%NODE', node);
  return {
    title: `account.${field}`,
    query: `query ($first: Int!, $after: String) {
      account(identifier: "acct_1001") { ${field}(first: $first, after: $after${args}) { ${page} } }
    }`,
    at: ['account', field],
    atLeast,
  };
}

function ofQuery(title: string, field: string, args: string, atLeast: number): Connection {
  const page = PAGE.replace('%NODE', 'id');
  const query = `query ($first: Int!, $after: String) { ${field}(first: $first, after: $after${args}) { ${page} } }`;
  return { title, query, at: [field], atLeast };
}

/** A connection field of one object, which is read by its global id. */
function ofNode(
  type: string,
  id: string,
  field: string,
  args: string,
  node: string,
  atLeast: number,
): Connection {
  const page = PAGE.replace('%NODE', node);
  return {
    title: `${type}.${field}`,
    query: `query ($first: Int!, $after: String) {
      node(id: "${id}") { ... on ${type} { ${field}(first: $first, after: $after${args}) { ${page} } } }
    }`,
    at: ['node', field],
    atLeast,
  };
}

const COST = 'provider basis from to amounts { total { amount unit { name } } }';
const LINE = 'name type groupKey groupValue total { amount }';

describe.each([1, 4, 100])('over upstream pages of at most %i rows', (maxPageSize) => {
  let gateway: TestGateway;
  let connections: readonly Connection[];
  beforeAll(async () => {
    const options = { companyCount: COMPANY_COUNT, maxPageSize };
    gateway = await startTestGateway({ metronome: options, maple: options });
    const found = await gateway.data(`{
      account(identifier: "acct_1001") {
        customers { id }
        invoices(first: 1, filter: { providers: [METRONOME], statuses: [OPEN] }) { nodes { id plan { id } } }
      }
    }`);
    const customers = pickList(found, 'account', 'customers').map((node) => pickText(node, 'id'));
    const [metronome = '', maple = ''] = customers;
    const invoice = pickText(found, 'account', 'invoices', 'nodes', 0, 'id');
    const plan = pickText(found, 'account', 'invoices', 'nodes', 0, 'plan', 'id');
    connections = [
      ofQuery('customers', 'customers', '', 40),
      ofQuery('archived customers', 'customers', ', filter: { status: ARCHIVED }', 2),
      ofQuery('customers of Maple', 'customers', ', filter: { providers: [MAPLE] }', 20),
      ofQuery('plans', 'plans', '', 30),
      ofAccount('invoices', '', 'id', 30),
      ofAccount('plans', '', 'id', 4),
      ofAccount('charges', '', 'id', 5),
      ofAccount('costs', `, ${WINDOW}`, COST, 40),
      ofNode('Customer', metronome, 'invoices', ', filter: { statuses: [PAID] }', 'id', 5),
      ofNode('Customer', maple, 'invoices', '', 'id', 15),
      ofNode('Customer', maple, 'charges', '', 'id', 3),
      ofNode('Customer', metronome, 'costs', `, ${WINDOW}`, COST, 40),
      ofNode('Plan', plan, 'charges', '', 'id', 13),
      ofNode('Invoice', invoice, 'lineItems', '', LINE, 8),
    ];
  });
  afterAll(() => gateway.stop());

  it('gives every customer of both systems exactly once', async () => {
    const [customers] = connections;
    if (customers === undefined) throw new Error('no connection');
    const nodes = await walkConnection({
      gateway,
      ...customers,
      query: customers.query.replace('node { id }', 'node { provider identifiers }'),
      first: 7,
    });
    const walked = nodes.map((node) => `${pickText(node, 'provider')} ${pickText(node, 'identifiers', 0)}`);
    const known = companies({ count: COMPANY_COUNT, now: DEFAULT_SANDBOX_NOW }).flatMap((company) => [
      ...(company.metronome === 'active' ? [`METRONOME ${company.identifier}`] : []),
      ...(company.maple === 'active' ? [`MAPLE ${company.identifier}`] : []),
    ]);
    expect(walked.toSorted()).toEqual(known.toSorted());
  });

  it.each([1, 3, 7])(
    'gives, %i at a time, each connection in the same order as one large page',
    async (first) => {
      const walks = await Promise.all(
        connections.map(async (connection) => ({
          title: connection.title,
          whole: await walkConnection({ gateway, ...connection, first: 100 }),
          walked: await walkConnection({ gateway, ...connection, first }),
          atLeast: connection.atLeast,
        })),
      );
      for (const { title, whole, walked, atLeast } of walks) {
        expect({ title, nodes: walked }).toEqual({ title, nodes: whole });
        expect(new Set(whole.map((node) => JSON.stringify(node))).size).toBe(whole.length);
        expect(whole.length).toBeGreaterThanOrEqual(atLeast);
      }
    },
  );

  it('gives the same lists as over large upstream pages', async () => {
    const large = await startTestGateway({
      metronome: { companyCount: COMPANY_COUNT },
      maple: { companyCount: COMPANY_COUNT },
    });
    try {
      for (const connection of connections) {
        const { title } = connection;
        const expected = await walkConnection({ gateway: large, ...connection, first: 100 });
        const walked = await walkConnection({ gateway, ...connection, first: 100 });
        expect({ title, nodes: walked }).toEqual({ title, nodes: expected });
      }
    } finally {
      await large.stop();
    }
  });

  it('tells exactly whether a page follows, also of an empty page', async () => {
    const query = `query ($first: Int!, $after: String) {
      account(identifier: "acct_1001") {
        plans(first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
      }
    }`;
    const at = ['account', 'plans', 'pageInfo'] as const;
    const none = await gateway.data(query, { first: 0 });
    expect(pick(none, ...at)).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
    const all = pickList(await gateway.data(query, { first: 100 }), 'account', 'plans', 'edges');
    const whole = await gateway.data(query, { first: all.length });
    expect(pick(whole, ...at, 'hasNextPage')).toBe(false);
    const short = await gateway.data(query, { first: all.length - 1 });
    expect(pick(short, ...at, 'hasNextPage')).toBe(true);
    const last = await gateway.data(query, { first: 1, after: pickText(short, ...at, 'endCursor') });
    expect(pick(last, ...at)).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(pickList(last, 'account', 'plans', 'edges')).toHaveLength(1);
    const beyond = await gateway.data(query, { first: 5, after: pickText(last, ...at, 'endCursor') });
    expect(pick(beyond, ...at)).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });
});
