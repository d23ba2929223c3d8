import { pickText } from './pick.ts';
import type { TestGateway } from './test-gateway.ts';

const identifier = 'acct_1001';
const june = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };

/** Variables of an operation over the sandbox's data, and a place that a good answer has. */
export type OperationVariables = readonly [variables: object, place: string];

/** By the names of the committed operations. The gateway has to take free documents. */
export async function operationVariables(
  gateway: TestGateway,
): Promise<Readonly<Record<string, OperationVariables>>> {
  const found = await gateway.data(`{
    account(identifier: "${identifier}") {
      customers { id }
      invoices(first: 1, filter: { providers: [METRONOME] }) { nodes { id } }
    }
  }`);
  const customPrice = {
    productId: 'prod_services',
    unitPrice: { amount: '12.50', currency: 'USD' },
    description: 'Onboarding',
  };
  const input = {
    idempotencyKey: 'onboarding-1',
    customerId: pickText(found, 'account', 'customers', 1, 'id'),
    charge: { maple: { timing: 'NEXT', items: [{ quantity: '2', customPrice }] } },
  };
  return {
    AddCharge: [{ input }, 'addOneTimeCharge.charges.0.unitPrice.amount'],
    BillingOverview: [{ identifier, ...june }, 'account.costTotals.0.amount'],
    CostChart: [{ identifier, ...june }, 'account.costs.nodes.0.amounts.0.total.amount'],
    CustomerSearch: [{ filter: { providers: ['MAPLE'], search: 'Orchard' } }, 'customers.edges.0.node.name'],
    InvoiceDetail: [
      { id: pickText(found, 'account', 'invoices', 'nodes', 0, 'id') },
      'invoice.lineItems.nodes.0.total.amount',
    ],
    InvoiceList: [{ identifier, first: 2 }, 'account.invoices.edges.1.node.total.amount'],
    PlanCatalogue: [{ first: 3 }, 'plans.nodes.2.name'],
  };
}
