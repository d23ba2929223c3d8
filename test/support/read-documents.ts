import { pick, pickList, pickText } from './pick.ts';
import type { TestGateway } from './test-gateway.ts';

const SPAN = 'from: "2026-06-01T00:00:00Z", to: "2026-08-15T00:00:00Z"';
/** So long that none is cut off: what one provider leaves free, the other would fill. */
const ALL = '(first: 100)';
const PART = 'nodes { provider } failures { provider code }';
/** Few enough that making the answers takes no time to speak of. */
const LATEST = '(first: 100, filter: { from: "2026-05-01T00:00:00Z" })';
const PLANS = 'nodes { provider kind } failures { provider code }';
const BELOW = `name
  account { customers { provider } failures { provider code } }
  plans${ALL} { nodes { name charges { nodes { name } } } }
  charges${ALL} { nodes { name } }
  invoices${LATEST} { nodes { providerStatus } }
  costs(first: 100, ${SPAN}) { nodes { basis amounts { total { amount } } } }`;
const CHARGES = 'name charges { nodes { name product { name } } }';

/** Queries that together make every read of both providers; each holds fields of both. */
export const READ_DOCUMENTS = {
  lists: `{
    customers${ALL} { ${PART} }
    plans${ALL} { ${PLANS} }
    details: plans(first: 2, filter: { providers: [METRONOME] }) { nodes { name minimums { name } } }
  }`,
  account: `{
    account(identifier: "acct_1001") {
      name
      customers { provider }
      failures { provider code }
      plans${ALL} { ${PART} }
      charges${ALL} { ${PART} }
      invoices${LATEST} { ${PART} }
      costs(first: 100, ${SPAN}) { ${PART} }
      costTotals(${SPAN}) { amount }
    }
  }`,
  customers: `query ($metronome: ID!, $maple: ID!) {
    metronome: customer(id: $metronome) { ${BELOW} }
    maple: customer(id: $maple) { ${BELOW} }
  }`,
  objects: `query (
    $metronomeId: String!, $mapleId: String!, $plan: ID!, $bundle: ID!, $pricing: ID!, $planCharge: ID!
    $metronomeInvoice: ID!, $mapleInvoice: ID!, $metronomeCharge: ID!, $mapleCharge: ID!
  ) {
    metronomeCustomer: customerByProviderId(provider: METRONOME, providerId: $metronomeId) { name }
    mapleCustomer: customerByProviderId(provider: MAPLE, providerId: $mapleId) { name }
    plan(id: $plan) { ${CHARGES} }
    bundle: plan(id: $bundle) { ${CHARGES} }
    pricing: plan(id: $pricing) { ${CHARGES} }
    planCharge: node(id: $planCharge) { id }
    metronomeInvoice: invoice(id: $metronomeInvoice) { providerStatus customer { name } lineItems { nodes { name } } }
    mapleInvoice: invoice(id: $mapleInvoice) { providerStatus customer { name } plan { name } }
    metronomeCharge: node(id: $metronomeCharge) { id }
    mapleCharge: node(id: $mapleCharge) { id }
  }`,
} as const;

/** One of them. */
export type ReadDocument = keyof typeof READ_DOCUMENTS;

/** The ids that the documents ask by, as both sandboxes have them. */
export async function readVariables(gateway: TestGateway): Promise<Readonly<Record<string, string>>> {
  const data = await gateway.data(`{
    account(identifier: "acct_1001") {
      customers { id provider providerId }
      invoices(first: 100) { nodes { id provider plan { id } } }
      charges(first: 100) { nodes { id provider } }
    }
    plans(first: 100) { nodes { id provider kind charges(first: 1) { nodes { id product { name } } } } }
  }`);
  const idOf = (
    list: readonly unknown[],
    provider: string,
    isWanted: (node: unknown) => boolean = () => true,
  ): string =>
    pickText(
      list.find((node) => pick(node, 'provider') === provider && isWanted(node)),
      'id',
    );
  const customers = pickList(data, 'account', 'customers');
  const invoices = pickList(data, 'account', 'invoices', 'nodes');
  const charges = pickList(data, 'account', 'charges', 'nodes');
  const plans = pickList(data, 'plans', 'nodes');
  const isOf = (kind: string) => (plan: unknown) => pick(plan, 'kind') === kind;
  const plan = plans.find((node) => pick(node, 'provider') === 'METRONOME');
  return {
    metronome: idOf(customers, 'METRONOME'),
    maple: idOf(customers, 'MAPLE'),
    metronomeId: pickText(customers, 0, 'providerId'),
    mapleId: pickText(customers, 1, 'providerId'),
    plan: pickText(plan, 'id'),
    planCharge: pickText(plan, 'charges', 'nodes', 0, 'id'),
    bundle: idOf(plans, 'MAPLE', isOf('BUNDLE')),
    pricing: idOf(plans, 'MAPLE', isOf('PRODUCT_PRICING')),
    metronomeInvoice: idOf(invoices, 'METRONOME'),
    mapleInvoice: idOf(invoices, 'MAPLE', (invoice) => pick(invoice, 'plan') !== null),
    metronomeCharge: idOf(charges, 'METRONOME'),
    mapleCharge: idOf(charges, 'MAPLE'),
  };
}
