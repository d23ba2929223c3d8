import { createServer } from 'node:http';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import {
  constant,
  each,
  get,
  lambda,
  loadOne,
  makeGrafastSchema,
  object,
  type FieldArgs,
  type Step,
} from 'grafast';
import { useGrafast } from 'grafast/envelop';
import { createYoga } from 'graphql-yoga';
import { accountCosts, accountInvoices, accountPlans } from '../billing/account-lists.ts';
import { metronomeCustomer, metronomeLines, type CustomerObject } from '../billing/public-objects.ts';
import { billingCalls, undiciCalls } from '../billing/upstream-calls.ts';
import {
  customerInvoices,
  listCustomers,
  providerIdOf,
  readAccount,
  type AccountObject,
} from './billing-resolvers.ts';
import { peerArguments } from './peer-arguments.ts';
import { persistedOptions } from './persisted-options.ts';
import { SUB_SCHEMA } from './sub-schema.ts';

// Yoga that plans operations with Grafast instead of resolving fields one by one.

const { upstreams, port, manifest } = peerArguments();
const calls = billingCalls(undiciCalls(upstreams));

async function loadCustomers(ids: readonly string[]): Promise<(CustomerObject | null)[]> {
  const rows = new Map(
    (await calls.customersByIds([...new Set(ids)])).map((row) => [row.id, metronomeCustomer(row)]),
  );
  return ids.map((id) => rows.get(id) ?? null);
}

/** One list of an account. */
function accountList(
  read: (customers: readonly CustomerObject[], first: number) => Promise<readonly object[]>,
): (account: Step<AccountObject>, args: FieldArgs) => Step {
  return ($account, args) =>
    loadOne(
      [get($account, 'customers'), args.getRaw('first')],
      (lookups: readonly (readonly [readonly CustomerObject[], number])[]) =>
        lookups.map(async ([customers, first]) => ({ nodes: await read(customers, first) })),
    );
}

const schema = makeGrafastSchema({
  typeDefs: SUB_SCHEMA,
  objects: {
    Query: {
      plans: {
        customers: (_: Step, args: FieldArgs) =>
          object({ nodes: lambda(args.getRaw('first'), (first: number) => listCustomers(calls, first)) }),
        nodes: (_: Step, args: FieldArgs) =>
          each(args.getRaw('ids'), ($id) =>
            loadOne(
              lambda($id, (id) => providerIdOf(String(id)), true),
              loadCustomers,
            ),
          ),
        account: (_: Step, args: FieldArgs) =>
          lambda(args.getRaw('identifier'), (identifier: string) => readAccount(calls, identifier)),
        customerByProviderId: (_: Step, args: FieldArgs) => loadOne(args.getRaw('providerId'), loadCustomers),
      },
    },
    Customer: {
      plans: {
        invoices: ($customer: Step<CustomerObject>, args: FieldArgs) =>
          loadOne(
            [get($customer, 'providerId'), args.getRaw('first')],
            (lookups: readonly (readonly [string, number])[]) =>
              lookups.map(([customerId, first]) => customerInvoices(calls, customerId, first)),
          ),
      },
    },
    Invoice: {
      plans: {
        lineItems: ($invoice: Step) => object({ nodes: lambda(get($invoice, 'row'), metronomeLines, true) }),
      },
    },
    Account: {
      plans: {
        plans: accountList((customers, first) => accountPlans(calls, customers, first)),
        invoices: accountList((customers, first) => accountInvoices(calls, customers, first)),
        costs: accountList((customers, first) => accountCosts(calls, customers, first)),
      },
    },
  },
  interfaces: {
    Node: { planType: ($node) => ({ $__typename: constant('Customer'), planForType: () => $node }) },
  },
});
const yoga = createYoga({
  schema,
  logging: false,
  graphiql: false,
  extraParamNames: ['documentId'],
  plugins: [useGrafast(), usePersistedOperations(persistedOptions(manifest))],
});
createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1');
