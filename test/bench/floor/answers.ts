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
import type { MetronomeCustomerRow } from '../billing/wire-rows.ts';
import type { OperationName } from '../workloads.ts';

/** The variables of all operations. */
export interface FloorVariables {
  readonly ids?: readonly string[];
  readonly identifier?: string;
  readonly customerId?: string;
}

/** Writes the `data` of each operation by hand. */
export function floorAnswers(
  calls: BillingCalls,
): Record<OperationName, (variables: FloorVariables) => Promise<object>> {
  const withInvoices = (rows: readonly MetronomeCustomerRow[]): Promise<object[]> =>
    Promise.all(
      rows.map(async (row) => {
        const { id, name } = metronomeCustomer(row);
        const invoices = await calls.metronomeInvoices(row.id, 5);
        return { id, name, invoices: { nodes: invoices.map(shortInvoice) } };
      }),
    );
  const byIds = async ({ ids = [] }: FloorVariables): Promise<MetronomeCustomerRow[]> => {
    const wanted = ids.map((id) => decodeNodeId(id)?.parts[1] ?? '');
    const rows = new Map((await calls.customersByIds(wanted)).map((row) => [row.id, row]));
    return wanted.flatMap((id) => rows.get(id) ?? []);
  };
  return {
    customers: async () => ({ customers: { nodes: (await calls.customers(20)).map(listedCustomer) } }),
    customersByIds: async (variables) => ({ nodes: (await byIds(variables)).map(listedCustomer) }),
    customerInvoices: async () => ({ customers: { nodes: await withInvoices(await calls.customers(20)) } }),
    customerInvoicesByIds: async (variables) => ({ nodes: await withInvoices(await byIds(variables)) }),
    async account({ identifier = '' }) {
      const [metronome, maple] = await Promise.all([
        calls.customerByAlias(identifier),
        calls.mapleCustomer(identifier),
      ]);
      const customers: CustomerObject[] = [];
      if (metronome !== undefined) customers.push(metronomeCustomer(metronome));
      if (maple !== undefined) customers.push(mapleCustomer(maple));
      const [plans, invoices, costs] = await Promise.all([
        accountPlans(calls, customers, 10),
        accountInvoices(calls, customers, 10),
        accountCosts(calls, customers, 31),
      ]);
      return {
        account: {
          id: encodeNodeId('Account', identifier),
          name: customers[0]?.name ?? '',
          customers: customers.map(({ id, provider, name, status }) => ({ id, provider, name, status })),
          plans: { nodes: plans },
          invoices: { nodes: invoices },
          costs: { nodes: costs },
        },
      };
    },
    async largePage({ customerId = '' }) {
      const [[customer], invoices] = await Promise.all([
        calls.customersByIds([customerId]),
        calls.metronomeInvoices(customerId, 100),
      ]);
      if (customer === undefined) return { customerByProviderId: null };
      const nodes = invoices.map((row) => {
        const { id, status, total } = metronomeInvoice(row);
        return { id, status, total, lineItems: { nodes: metronomeLines(row) } };
      });
      return { customerByProviderId: { id: metronomeCustomer(customer).id, invoices: { nodes } } };
    },
  };
}

function listedCustomer(row: MetronomeCustomerRow): object {
  const { id, name, identifiers, status, createdAt } = metronomeCustomer(row);
  return { id, name, identifiers, status, createdAt };
}

function shortInvoice(row: Parameters<typeof metronomeInvoice>[0]): object {
  const { id, status, issuedAt, total } = metronomeInvoice(row);
  return { id, status, issuedAt, total };
}
