import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedCalls } from '../support/documented-calls.ts';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const FIND_CUSTOMER = { 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 };

/** Every row of the table is measured here, and everything measured here is a row of it. */
describe('a query of single objects', () => {
  let gateway: TestGateway;
  const ids = { active: [''], archived: [''], invoices: [''], mapleInvoice: '' };
  const { expectCalls, unmeasured } = documentedCalls('Single objects', () => gateway);
  beforeAll(async () => {
    gateway = await startTestGateway();
    const lists = await gateway.data(`{
      first: customers(first: 100, filter: { providers: [METRONOME] }) {
        nodes { id invoices(first: 1) { nodes { id } } }
        pageInfo { endCursor }
      }
      archived: customers(first: 100, filter: { providers: [METRONOME], status: ARCHIVED }) { nodes { id } }
      account(identifier: "acct_1001") {
        customers { id providerId }
        invoices(first: 100, filter: { providers: [MAPLE] }) { nodes { id providerId } }
      }
    }`);
    const after = pickText(lists, 'first', 'pageInfo', 'endCursor');
    const more = await gateway.data(
      `query ($after: String) {
        more: customers(first: 100, after: $after, filter: { providers: [METRONOME] }) {
          nodes { id invoices(first: 1) { nodes { id } } }
        }
      }`,
      { after },
    );
    const customers = [...pickList(lists, 'first', 'nodes'), ...pickList(more, 'more', 'nodes')];
    ids.active = customers.map((node) => pickText(node, 'id'));
    ids.invoices = customers
      .flatMap((node) => pickList(node, 'invoices', 'nodes'))
      .map((node) => pickText(node, 'id'));
    ids.archived = pickList(lists, 'archived', 'nodes').map((node) => pickText(node, 'id'));
    const embedding = await mapleInvoiceWithCustomer(
      pickText(lists, 'account', 'customers', 1, 'providerId'),
    );
    const invoice = pickList(lists, 'account', 'invoices', 'nodes').find(
      (node) => pick(node, 'providerId') === embedding,
    );
    ids.mapleInvoice = pickText(invoice, 'id');
  });
  afterAll(() => gateway.stop());

  it('for the customers of 100 invoices reads all of them in one call', async () => {
    const wanted = ids.invoices.slice(0, 100);
    expect(wanted).toHaveLength(100);
    const data = await expectCalls(
      '`nodes(ids: [100 Metronome invoices]) { ... on Invoice { customer { name } } }`',
      { 'METRONOME GET /v1/customers': 1, 'METRONOME GET /v1/customers/:id/invoices/:id': 100 },
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Invoice { id customer { id name } } } }',
      { ids: wanted },
    );
    expect(pickList(data, 'nodes').map((node) => pickText(node, 'id'))).toEqual(wanted);
    expect(new Set(pickList(data, 'nodes').map((node) => pickText(node, 'customer', 'id'))).size).toBe(100);
    const asked = gateway.metronome.requests.find(({ path }) => path === '/v1/customers');
    expect(asked?.query.get('customer_ids')?.split(',')).toHaveLength(100);
  });

  it('for 150 customers by id sends a hundred ids a call', async () => {
    await expectCalls(
      'two aliased `nodes(ids:) { ... on Customer { name } }`, of 100 and 50 Metronome customers',
      { 'METRONOME GET /v1/customers': 2 },
      `query ($a: [ID!]!, $b: [ID!]!) {
        a: nodes(ids: $a) { ... on Customer { name } }
        b: nodes(ids: $b) { ... on Customer { name } }
      }`,
      { a: ids.active.slice(0, 100), b: ids.active.slice(100, 150) },
    );
    const sizes = gateway.metronome.requests.map(
      ({ query }) => query.get('customer_ids')?.split(',').length ?? 0,
    );
    expect(sizes.toSorted((a, b) => a - b)).toEqual([50, 100]);
  });

  it('for archived customers by id asks once more, for what the first call left out', async () => {
    const archived = ids.archived.slice(0, 5);
    expect(archived).toHaveLength(5);
    const data = await expectCalls(
      'the same, with archived ones among the 50',
      { 'METRONOME GET /v1/customers': 3 },
      `query ($a: [ID!]!, $b: [ID!]!) {
        a: nodes(ids: $a) { ... on Customer { name } }
        b: nodes(ids: $b) { ... on Customer { id status } }
      }`,
      { a: ids.active.slice(0, 100), b: [...ids.active.slice(100, 145), ...archived] },
    );
    expect(pickList(data, 'b').slice(45)).toEqual(archived.map((id) => ({ id, status: 'ARCHIVED' })));
    const retry = gateway.metronome.requests.find(({ query }) => query.get('only_archived') === 'true');
    expect(retry?.query.get('customer_ids')?.split(',')).toHaveLength(5);
  });

  it('for one account under 30 aliases asks each provider once', async () => {
    const aliases = Array.from(
      { length: 30 },
      (_, index) => `a${index}: account(identifier: "acct_1001") { name }`,
    );
    await expectCalls(
      '30 aliases of `account(identifier: "acct_1001") { name }`',
      FIND_CUSTOMER,
      `{ ${aliases.join(' ')} }`,
    );
  });

  it('for references whose fields are at hand costs no call', async () => {
    await expectCalls(
      '`account(identifier:) { invoices(filter: { providers: [METRONOME] }) { nodes { customer { id name } plan { id name } } } }`',
      { ...FIND_CUSTOMER, 'METRONOME GET /v1/customers/:id/invoices': 1 },
      `{ account(identifier: "acct_1001") {
        invoices(filter: { providers: [METRONOME] }) { nodes { customer { id name } plan { id name } } }
      } }`,
    );
    await expectCalls(
      '`invoice(id:) { customer { id provider providerId } plan { id name } lineItems { nodes { name } } }` of Metronome',
      { 'METRONOME GET /v1/customers/:id/invoices/:id': 1 },
      'query ($id: ID!) { invoice(id: $id) { customer { id provider providerId } plan { id name } lineItems { nodes { name } } } }',
      { id: ids.invoices[0] },
    );
    await expectCalls(
      '`invoice(id:) { customer { id name } }` of Maple, where the invoice embeds the customer',
      { 'MAPLE GET /invoices/:id': 1 },
      'query ($id: ID!) { invoice(id: $id) { customer { id name } } }',
      { id: ids.mapleInvoice },
    );
    await expectCalls(
      '`invoice(id:) { plan { id } }` of Maple, found through its subscription',
      { 'MAPLE GET /invoices/:id': 1, 'MAPLE GET /subscriptions/:id': 1 },
      'query ($id: ID!) { invoice(id: $id) { plan { id } } }',
      { id: ids.mapleInvoice },
    );
  });

  it('for objects that do not exist asks and says null', async () => {
    const data = await expectCalls(
      '`customerByProviderId(provider: METRONOME, providerId:) { name }` of an unknown customer',
      { 'METRONOME GET /v1/customers': 2 },
      '{ customerByProviderId(provider: METRONOME, providerId: "00000000-0000-4000-8000-000000000000") { name } }',
    );
    expect(data).toEqual({ customerByProviderId: null });
  });

  it('for the health of providers that it just heard of costs no call', async () => {
    const data = await expectCalls(
      '`providers { status }`, after any answer',
      {},
      '{ providers { provider status } }',
    );
    expect(pickList(data, 'providers').map((info) => pickText(info, 'status'))).toEqual(['UP', 'UP']);
  });

  it('has its cost in the document, row for row', () => {
    expect(unmeasured()).toEqual([]);
  });

  /** The uuid of an invoice of a subscription that Maple answers together with its customer, as it does not for all. */
  async function mapleInvoiceWithCustomer(customerId: string): Promise<string> {
    const { url, token, companyId } = gateway.maple;
    const answer = await fetch(`${url}/api/v1/companies/${companyId}/invoices/find`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: { customer_id: customerId },
        pagination: { limit: 100 },
        sort_key: 'createdAtDesc',
      }),
    });
    const rows = pickList(await answer.json(), 'results').map((row) => pickObject(row));
    return pickText(
      rows.find((row) => 'customer' in row && row['subscription_id'] !== null),
      'uuid',
    );
  }
});
