import DataLoader from 'dataloader';
import { decodeNodeId, encodeNodeId } from '../../../src/node-id.ts';
import { accountCosts, accountInvoices, accountPlans } from '../billing/account-lists.ts';
import {
  mapleCustomer,
  metronomeCustomer,
  metronomeInvoice,
  metronomeLines,
  type CustomerObject,
} from '../billing/public-objects.ts';
import type { BillingCalls } from '../billing/upstream-calls.ts';
import type { MetronomeInvoiceRow } from '../billing/wire-rows.ts';

/** What the resolvers of one request share. */
export interface PeerContext {
  readonly calls: BillingCalls;
  /** Customers of Metronome by their own ids, a hundred in one call. */
  readonly customers: DataLoader<string, CustomerObject | null>;
}

/** An account as resolvers pass it on. */
export interface AccountObject {
  readonly id: string;
  readonly name: string;
  readonly customers: readonly CustomerObject[];
}

/** An invoice, and the row that its lines are read from. */
export type ListedInvoice = ReturnType<typeof metronomeInvoice> & { readonly row: MetronomeInvoiceRow };

/** A fresh context. */
export function peerContext(calls: BillingCalls): PeerContext {
  return {
    calls,
    customers: new DataLoader(
      async (ids: readonly string[]) => {
        const rows = new Map(
          (await calls.customersByIds(ids)).map((row) => [row.id, metronomeCustomer(row)]),
        );
        return ids.map((id) => rows.get(id) ?? null);
      },
      { maxBatchSize: 100 },
    ),
  };
}

/** How many items a list gives. */
interface PageArguments {
  readonly first: number;
}

/** The customers of a page. */
export async function listCustomers(calls: BillingCalls, first: number): Promise<readonly CustomerObject[]> {
  return (await calls.customers(first)).map(metronomeCustomer);
}

/** The provider's own id in a global id. */
export function providerIdOf(id: string): string {
  return decodeNodeId(id)?.parts[1] ?? '';
}

/** The newest invoices of a customer of Metronome. */
export async function customerInvoices(
  calls: BillingCalls,
  customerId: string,
  first: number,
): Promise<{ nodes: ListedInvoice[] }> {
  const rows = await calls.metronomeInvoices(customerId, first);
  return { nodes: rows.map((row) => ({ ...metronomeInvoice(row), row })) };
}

/** Everything both systems know about an identifier. */
export async function readAccount(calls: BillingCalls, identifier: string): Promise<AccountObject> {
  const [metronome, maple] = await Promise.all([
    calls.customerByAlias(identifier),
    calls.mapleCustomer(identifier),
  ]);
  const customers = [
    ...(metronome === undefined ? [] : [metronomeCustomer(metronome)]),
    ...(maple === undefined ? [] : [mapleCustomer(maple)]),
  ];
  return { id: encodeNodeId('Account', identifier), name: customers[0]?.name ?? '', customers };
}

/** Resolvers of the sub-schema for servers in the style of graphql-js. */
export const billingResolvers = {
  Query: {
    customers: async (_: unknown, { first }: PageArguments, { calls }: PeerContext) => ({
      nodes: await listCustomers(calls, first),
    }),
    nodes: (_: unknown, { ids }: { ids: readonly string[] }, { customers }: PeerContext) =>
      ids.map((id) => customers.load(providerIdOf(id))),
    account: (_: unknown, { identifier }: { identifier: string }, { calls }: PeerContext) =>
      readAccount(calls, identifier),
    customerByProviderId: (_: unknown, { providerId }: { providerId: string }, { customers }: PeerContext) =>
      customers.load(providerId),
  },
  Node: { __resolveType: () => 'Customer' },
  Customer: {
    invoices: ({ providerId }: CustomerObject, { first }: PageArguments, { calls }: PeerContext) =>
      customerInvoices(calls, providerId, first),
  },
  Invoice: {
    lineItems: ({ row }: ListedInvoice) => ({ nodes: metronomeLines(row) }),
  },
  Account: {
    plans: async ({ customers }: AccountObject, { first }: PageArguments, { calls }: PeerContext) => ({
      nodes: await accountPlans(calls, customers, first),
    }),
    invoices: async ({ customers }: AccountObject, { first }: PageArguments, { calls }: PeerContext) => ({
      nodes: await accountInvoices(calls, customers, first),
    }),
    costs: async ({ customers }: AccountObject, { first }: PageArguments, { calls }: PeerContext) => ({
      nodes: await accountCosts(calls, customers, first),
    }),
  },
};
