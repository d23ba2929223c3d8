import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import {
  AddChargeDocument,
  BillingOverviewDocument,
  CostChartDocument,
  CustomerSearchDocument,
  InvoiceDetailDocument,
  InvoiceListDocument,
  PlanCatalogueDocument,
} from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { execute } from '../support/typed-client.ts';

const identifier = 'acct_1001';
const june = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };
const BOTH = ['METRONOME', 'MAPLE'];

describe('the operations of schema/operations, with their generated types', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('give an overview of an account with both systems in it', async () => {
    const { account } = await execute(gateway.url, BillingOverviewDocument, { identifier, ...june });
    expect(account?.customers.map(({ provider }) => provider)).toEqual(BOTH);
    expect(new Set(account?.plans?.edges.map(({ node }) => node.provider))).toEqual(new Set(BOTH));
    expect(account?.invoices?.edges).toHaveLength(5);
    expect(account?.costTotals).toMatchObject([{ currency: 'USD' }]);
    expect(account?.failures).toEqual([]);
  });

  it('page through the invoices of an account', async () => {
    const first = await execute(gateway.url, InvoiceListDocument, { identifier, first: 3 });
    const after = first.account?.invoices?.pageInfo.endCursor ?? null;
    const second = await execute(gateway.url, InvoiceListDocument, { identifier, first: 3, after });
    const ids = [first, second].flatMap(
      ({ account }) => account?.invoices?.edges.map(({ node }) => node.id) ?? [],
    );
    expect(new Set(ids).size).toBe(6);
  });

  it('give one invoice of an account with its lines', async () => {
    const { account } = await execute(gateway.url, InvoiceListDocument, { identifier, first: 5 });
    const listed = account?.invoices?.edges.find(({ node }) => node.provider === 'METRONOME')?.node;
    const { invoice } = await execute(gateway.url, InvoiceDetailDocument, { id: listed?.id ?? '' });
    expect(invoice?.total.amount).toBe(listed?.total.amount);
    expect(invoice?.lineItems?.nodes.length).toBeGreaterThan(0);
  });

  it('give the bars of a cost chart and their sum', async () => {
    const { account } = await execute(gateway.url, CostChartDocument, { identifier, ...june });
    expect(new Set(account?.costs?.nodes.map(({ basis }) => basis))).toEqual(
      new Set(['DAILY_USAGE', 'UPCOMING_INVOICE']),
    );
    expect(account?.costTotals).toMatchObject([{ currency: 'USD' }]);
  });

  it('give a page of the catalogue with prices', async () => {
    const { plans } = await execute(gateway.url, PlanCatalogueDocument, { first: 5 });
    expect(plans?.nodes).toHaveLength(5);
    expect(plans?.nodes.flatMap(({ charges }) => charges?.nodes ?? []).length).toBeGreaterThan(0);
    expect(plans?.failures).toEqual([]);
  });

  it('page through customers, and search them', async () => {
    const first = await execute(gateway.url, CustomerSearchDocument, { first: 3 });
    const after = first.customers?.pageInfo.endCursor ?? null;
    const second = await execute(gateway.url, CustomerSearchDocument, { first: 3, after });
    const ids = [first, second].flatMap(({ customers }) => customers?.edges.map(({ node }) => node.id) ?? []);
    expect(new Set(ids).size).toBe(6);
    const filter = { providers: ['MAPLE' as const], search: 'Orchard' };
    const { customers } = await execute(gateway.url, CustomerSearchDocument, { filter });
    expect(customers?.edges.map(({ node }) => node.name)).toContain('Orchard Labs');
  });

  it('add a charge', async () => {
    const { account } = await execute(gateway.url, BillingOverviewDocument, { identifier, ...june });
    const customer = account?.customers.find(({ provider }) => provider === 'MAPLE');
    const customPrice = {
      productId: 'prod_services',
      unitPrice: { amount: '12.50', currency: 'USD' },
      description: 'Onboarding',
    };
    const { addOneTimeCharge } = await execute(gateway.url, AddChargeDocument, {
      input: {
        idempotencyKey: 'onboarding-1',
        customerId: customer?.id ?? '',
        charge: { maple: { timing: 'NEXT', items: [{ quantity: '2', customPrice }] } },
      },
    });
    expect(addOneTimeCharge).toMatchObject({
      __typename: 'AddOneTimeChargeSuccess',
      charges: [{ name: 'Onboarding', quantity: '2', unitPrice: { amount: '12.50', currency: 'USD' } }],
      customer: { id: encodeNodeId('Customer', 'MAPLE', customer?.providerId ?? '') },
    });
  });
});
