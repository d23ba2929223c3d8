import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pick, pickList, pickText } from '../support/pick.ts';
import { callMaple } from '../support/sandbox-call.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { digits, optional, utc } from '../support/wire-row.ts';

const MONEY = '{ minorAmount currency }';
const STATUSES = new Map([
  ['PENDING', 'OPEN'],
  ['PAYMENT_PROCESSING', 'PROCESSING'],
]);
const page = (query: object) => ({ query, pagination: { limit: 100 }, sort_key: 'createdAtDesc' });

let gateway: TestGateway;
/** Companies that are billed in USD, EUR, JPY and KWD. */
const IDENTIFIERS = ['acct_1001', 'acct_1002', 'acct_1003', 'acct_1004'];
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

function money(row: unknown, member: string): object | null {
  const value = optional(row, member);
  return value === null
    ? null
    : { minorAmount: digits(value, 'value_in_cents'), currency: pick(value, 'currency') };
}

async function customerRow(identifier: string): Promise<unknown> {
  return callMaple(gateway, 'GET', `/customers/${identifier}`);
}

describe('customers of Maple', () => {
  it.each(['ACTIVE', 'ARCHIVED'])('that are %s keep names, addresses, dates and metadata', async (status) => {
    const rows = pickList(await callMaple(gateway, 'POST', '/customers/find', page({ status })), 'results');
    const data = await gateway.data(
      `{ customers(first: 100, filter: { providers: [MAPLE], status: ${status} }) { nodes {
        provider providerId name email identifiers status providerStatus createdAt updatedAt customFields
      } } }`,
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(pickList(data, 'customers', 'nodes')).toEqual(
      rows.map((row) => ({
        provider: 'MAPLE',
        providerId: pick(row, 'id'),
        name: pick(row, 'name'),
        email: optional(row, 'email'),
        identifiers: [pick(row, 'identifier')],
        status,
        providerStatus: status,
        createdAt: utc(row, 'created_at'),
        updatedAt: utc(row, 'updated_at'),
        customFields: optional(row, 'metadata') ?? {},
      })),
    );
  });

  it('are searched by Maple itself', async () => {
    const data = await gateway.data(
      '{ customers(filter: { providers: [MAPLE], search: "orchard" }) { nodes { name } } }',
    );
    expect(pickList(data, 'customers', 'nodes')).toEqual([{ name: 'Orchard Labs' }]);
    expect(pick(gateway.maple.requests.at(-1)?.body, 'query', 'search')).toBe('orchard');
  });
});

describe('an archived account', () => {
  it.each(['METRONOME', 'MAPLE'])(
    'of %s is left out of lists, and found by identifier, id and node',
    async (provider) => {
      const list = await gateway.data(
        'query ($p: [Provider!]) { customers(first: 1, filter: { providers: $p, status: ARCHIVED }) { nodes { id providerId identifiers } } }',
        { p: [provider] },
      );
      const customer = pick(list, 'customers', 'nodes', 0);
      const identifier = pickText(customer, 'identifiers', 0);
      const data = await gateway.data(
        `query ($id: ID!, $identifier: String!, $providerId: String!, $p: Provider!) {
        account(identifier: $identifier) { customers { id provider status } }
        customer(id: $id) { id status }
        node(id: $id) { id ... on Customer { status } }
        customerByProviderId(provider: $p, providerId: $providerId) { id status }
        active: customers(first: 1, filter: { providers: [$p], identifier: $identifier }) { nodes { id } }
        archived: customers(first: 1, filter: { providers: [$p], identifier: $identifier, status: ARCHIVED }) { nodes { id } }
      }`,
        { id: pick(customer, 'id'), identifier, providerId: pick(customer, 'providerId'), p: provider },
      );
      const found = { id: pick(customer, 'id'), status: 'ARCHIVED' };
      expect(pickList(data, 'account', 'customers')).toContainEqual({ ...found, provider });
      expect(pick(data, 'customer')).toEqual(found);
      expect(pick(data, 'node')).toEqual(found);
      expect(pick(data, 'customerByProviderId')).toEqual(found);
      expect(pickList(data, 'active', 'nodes')).toEqual([]);
      expect(pickList(data, 'archived', 'nodes')).toEqual([{ id: found.id }]);
    },
  );
});

describe('invoices of Maple', () => {
  it.each(IDENTIFIERS)(
    'of %s keep numbers, amounts, dates and links, in a list and by id',
    async (identifier) => {
      const FIELDS = `providerId number status providerStatus type subtotal ${MONEY} total ${MONEY} amountPaid ${MONEY}
      amountDue ${MONEY} periodStart periodEnd issuedAt dueAt paidAt createdAt hostedUrl pdfUrl netPaymentTermsDays
      externalInvoice { status } adjustments { name } lineItems { nodes { name } } customFields customer { name }`;
      const customer = await customerRow(identifier);
      const rows = pickList(
        await callMaple(gateway, 'POST', '/invoices/find', page({ customer_id: pick(customer, 'id') })),
        'results',
      );
      const data = await gateway.data(
        `query ($identifier: String!) { account(identifier: $identifier) {
        invoices(first: 100, filter: { providers: [MAPLE] }) { nodes { id ${FIELDS} } }
      } }`,
        { identifier },
      );
      const nodes = pickList(data, 'account', 'invoices', 'nodes');
      const expected = rows.map((row) => ({
        providerId: pick(row, 'uuid'),
        number: pick(row, 'number'),
        status: STATUSES.get(pickText(row, 'status')) ?? pick(row, 'status'),
        providerStatus: pick(row, 'status'),
        type: null,
        subtotal: money(row, 'sub_total'),
        total: money(row, 'total'),
        amountPaid: money(row, 'paid'),
        amountDue: money(row, 'due'),
        periodStart: null,
        periodEnd: null,
        issuedAt: utc(row, 'invoice_date'),
        dueAt: utc(row, 'due_date'),
        paidAt: utc(row, 'paid_date'),
        createdAt: utc(row, 'created_at'),
        hostedUrl: optional(row, 'hosted_link'),
        pdfUrl: optional(row, 'pdf_link'),
        netPaymentTermsDays: null,
        externalInvoice: null,
        adjustments: [],
        lineItems: null,
        customFields: {},
        customer: { name: pick(customer, 'name') },
      }));
      expect(rows.length).toBeGreaterThan(3);
      expect(nodes).toEqual(expected.map((invoice, at) => ({ id: pick(nodes[at], 'id'), ...invoice })));
      const single = await gateway.data(`query ($id: ID!) { invoice(id: $id) { ${FIELDS} } }`, {
        id: pick(nodes[0], 'id'),
      });
      expect(pick(single, 'invoice')).toEqual(expected[0]);
    },
  );

  it('have every status that Maple knows', async () => {
    const data = await gateway.data(
      '{ account(identifier: "acct_1001") { invoices(first: 100, filter: { providers: [MAPLE] }) { nodes { status } } } }',
    );
    const seen = new Set(
      pickList(data, 'account', 'invoices', 'nodes').map((node) => pickText(node, 'status')),
    );
    expect([...seen].toSorted()).toEqual([
      'DRAFT',
      'OPEN',
      'OVERDUE',
      'PAID',
      'PARTIALLY_PAID',
      'PROCESSING',
      'VOID',
    ]);
  });
});

describe('subscriptions of Maple', () => {
  it.each(IDENTIFIERS)('of %s keep status, dates and the whole bundle', async (identifier) => {
    const customer = await customerRow(identifier);
    const found = await callMaple(
      gateway,
      'POST',
      '/subscriptions/find',
      page({ customer_id: pick(customer, 'id') }),
    );
    const rows = pickList(found, 'results');
    const bundles = await Promise.all(
      rows.map((row) => callMaple(gateway, 'GET', `/bundles/${pickText(row, 'bundle_pricing_id')}`)),
    );
    const data = await gateway.data(
      `query ($id: String!) { customerByProviderId(provider: MAPLE, providerId: $id) { plans(first: 100) { edges {
        subscriptionId providerStatus startsAt endsAt nextInvoiceAt customFields
        node { kind providerId name description status currency customFields }
      } } } }`,
      { id: pick(customer, 'id') },
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(pickList(data, 'customerByProviderId', 'plans', 'edges')).toEqual(
      rows.map((row, at) => ({
        subscriptionId: pick(row, 'id'),
        providerStatus: pick(row, 'status'),
        startsAt: utc(row, 'start_date'),
        endsAt: utc(row, 'end_date'),
        nextInvoiceAt: utc(row, 'next_invoice_date'),
        customFields: optional(row, 'metadata') ?? {},
        node: {
          kind: 'BUNDLE',
          providerId: pick(row, 'bundle_pricing_id'),
          name: pick(bundles[at], 'name'),
          description: optional(bundles[at], 'description'),
          status: pick(bundles[at], 'state'),
          currency: pick(bundles[at], 'currency'),
          customFields: optional(bundles[at], 'metadata') ?? {},
        },
      })),
    );
  });

  it.each(IDENTIFIERS)('of %s cost what the next invoice comes to', async (identifier) => {
    const customer = await customerRow(identifier);
    const found = await callMaple(
      gateway,
      'POST',
      '/subscriptions/find',
      page({ customer_id: pick(customer, 'id') }),
    );
    const running = pickList(found, 'results').filter(
      (row) =>
        ['ACTIVE', 'TRIALING'].includes(pickText(row, 'status')) &&
        optional(row, 'next_invoice_date') !== null,
    );
    const expected = await Promise.all(
      running.map(async (row) => {
        const next = await callMaple(gateway, 'POST', '/invoices/next', {
          customer_id: pick(customer, 'id'),
          subscription_id: pick(row, 'id'),
          currency: pick(row, 'mrr', 'currency'),
        });
        return {
          basis: 'UPCOMING_INVOICE',
          from: null,
          to: utc(row, 'next_invoice_date'),
          amounts: [{ total: money(next, 'total'), lineItems: [] }],
        };
      }),
    );
    const data = await gateway.data(
      `query ($id: String!) { customerByProviderId(provider: MAPLE, providerId: $id) {
        costs(from: "2026-06-15T00:00:00Z", to: "2027-07-01T00:00:00Z") { nodes { basis from to amounts { total ${MONEY} lineItems { name } } } }
      } }`,
      { id: pick(customer, 'id') },
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(pickList(data, 'customerByProviderId', 'costs', 'nodes')).toEqual(expected);
  });
});
