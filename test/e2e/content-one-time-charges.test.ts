import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';
import { callMaple, callMetronome } from '../support/sandbox-call.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { digits, optional, utc } from '../support/wire-row.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

describe('a one-time charge', () => {
  const FIELDS = `provider providerId name product { providerId name } quantity status createdAt customFields
    unitPrice { minorAmount currency } total { minorAmount currency } customer { name }`;
  const ofAccount = async (): Promise<readonly unknown[]> => {
    const data = await gateway.data(
      `{ account(identifier: "acct_1001") { charges(first: 100) { nodes { id ${FIELDS} } } } }`,
    );
    return pickList(data, 'account', 'charges', 'nodes');
  };

  it('of Maple keeps everything that Maple says of it', async () => {
    const customer = await callMaple(gateway, 'GET', '/customers/acct_1001');
    const found = await callMaple(gateway, 'POST', '/one_times/find', {
      query: { customer_id: pick(customer, 'id') },
      pagination: { limit: 100 },
      sort_key: 'createdAtDesc',
    });
    const rows = pickList(found, 'results');
    const nodes = (await ofAccount()).filter((node) => pick(node, 'provider') === 'MAPLE');
    expect(nodes).toHaveLength(rows.length);
    for (const [at, row] of rows.entries()) {
      const price = optional(row, 'custom_price', 'amount');
      expect(nodes[at]).toMatchObject({
        providerId: pick(row, 'id'),
        name: pick(row, 'name'),
        quantity: digits(row, 'aggregate'),
        unitPrice:
          price === null
            ? null
            : { minorAmount: digits(price, 'value_in_cents'), currency: pick(price, 'currency') },
        total: null,
        status: pick(row, 'state'),
        createdAt: utc(row, 'created_at'),
        product: {
          providerId:
            optional(row, 'custom_price', 'product_id') ?? pick(row, 'product_pricing', 'product_id'),
        },
        customer: { name: 'Orchard Labs' },
      });
    }
    const forms = new Set(rows.map((row) => optional(row, 'custom_price') === null));
    expect(forms).toEqual(new Set([false, true]));
  });

  it('of Metronome is found on the invoices, whole, and is read again by its id', async () => {
    const nodes = (await ofAccount()).filter((node) => pick(node, 'provider') === 'METRONOME');
    expect(nodes.map((node) => ({ ...pickObject(node), id: null, providerId: null, product: null }))).toEqual(
      [
        {
          name: 'Data migration for Orchard Labs',
          quantity: '2',
          each: '60000',
          total: '120000',
          status: 'DRAFT',
        },
        {
          name: 'Onboarding for Orchard Labs',
          quantity: '1.5',
          each: '60000',
          total: '90000',
          status: 'FINALIZED',
        },
        {
          name: 'Data migration for Orchard Labs',
          quantity: '2',
          each: '60000',
          total: '120000',
          status: 'FINALIZED',
        },
      ].map(({ name, quantity, each, total, status }) => ({
        id: null,
        provider: 'METRONOME',
        providerId: null,
        name,
        product: null,
        quantity,
        status,
        createdAt: null,
        customFields: {},
        unitPrice: { minorAmount: each, currency: 'USD' },
        total: { minorAmount: total, currency: 'USD' },
        customer: { name: 'Orchard Labs' },
      })),
    );
    expect(nodes.map((node) => pick(node, 'product', 'name'))).toEqual([
      'Data services',
      'Professional services',
      'Data services',
    ]);
    for (const node of nodes) {
      const data = await gateway.data(
        `query ($id: ID!) { node(id: $id) { ... on OneTimeCharge { id ${FIELDS} } } }`,
        { id: pick(node, 'id') },
      );
      expect(pick(data, 'node')).toEqual(node);
    }
  });

  it('added in Metronome shows on the next read, and no charge of the plan does', async () => {
    const before = await ofAccount();
    const customers = await callMetronome(gateway, 'GET', '/v1/customers?ingest_alias=acct_1001');
    const customerId = pickText(customers, 'data', 0, 'id');
    const plan = pick(await callMetronome(gateway, 'GET', `/v1/customers/${customerId}/plans`), 'data', 0);
    const services = pickList(await callMetronome(gateway, 'GET', '/v1/plans?limit=100'), 'data').find(
      (row) => pick(row, 'name') === 'Services catalogue',
    );
    const offered = pickList(
      await callMetronome(gateway, 'GET', `/v1/planDetails/${pickText(services, 'id')}/charges`),
      'data',
    );
    await callMetronome(gateway, 'POST', `/v1/customers/${customerId}/addCharge`, {
      charge_id: pick(offered[1], 'id'),
      customer_plan_id: pick(plan, 'id'),
      description: 'A day of training',
      invoice_start_timestamp: '2026-06-01T00:00:00Z',
      price: 120000,
      quantity: 1,
    });
    const after = await ofAccount();
    expect(after).toHaveLength(before.length + 1);
    const added = after.filter((node) => pick(node, 'name') === 'A day of training');
    expect(added).toMatchObject([
      { provider: 'METRONOME', quantity: '1', total: { minorAmount: '120000' }, status: 'DRAFT' },
    ]);
  });
});
