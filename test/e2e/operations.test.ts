import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountDocument, CustomersDocument, InvoiceDocument } from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { execute } from '../support/typed-client.ts';

describe('the operations of schema/operations, with their generated types', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('give an account with both systems in it', async () => {
    const { account } = await execute(gateway.url, AccountDocument, { identifier: 'acct_1001' });
    expect(account?.customers.map(({ provider }) => provider)).toEqual(['METRONOME', 'MAPLE']);
    expect(account?.invoices?.nodes).toHaveLength(5);
    expect(account?.failures).toEqual([]);
  });

  it('page through customers', async () => {
    const first = await execute(gateway.url, CustomersDocument, { first: 3 });
    const after = first.customers?.pageInfo.endCursor ?? null;
    const second = await execute(gateway.url, CustomersDocument, { first: 3, after });
    const ids = [first, second].flatMap(({ customers }) => customers?.edges.map(({ node }) => node.id) ?? []);
    expect(new Set(ids).size).toBe(6);
  });

  it('give one invoice of an account with its lines', async () => {
    const { account } = await execute(gateway.url, AccountDocument, { identifier: 'acct_1001' });
    const listed = account?.invoices?.nodes.find(({ provider }) => provider === 'METRONOME');
    const { invoice } = await execute(gateway.url, InvoiceDocument, { id: listed?.id ?? '' });
    expect(invoice?.total.amount).toBe(listed?.total.amount);
    expect(invoice?.lineItems?.nodes.length).toBeGreaterThan(0);
  });
});
