import { builder } from '../../builder.ts';
import { encodeNodeId } from '../../node-id.ts';
import { isWholeCustomer } from '../customer/customer.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { held } from '../held.ts';
import { NodeType } from '../node/node-type.ts';
import { countedCost, one, type CostQuestion, type FieldCost } from '../operation-cost/field-cost.ts';
import {
  ACCOUNT_COST,
  ACCOUNT_CUSTOMERS,
  IDENTIFIER_CALLS,
  scopeProviders,
} from '../operation-cost/lookup-cost.ts';
import { PROVIDERS } from '../../provider.ts';
import { selectsOnly } from '../selection.ts';
import { providerFailureOf, ProviderFailureType } from '../provider/provider-failure-type.ts';
import type { Account } from './account.ts';
import { readAccount } from './read-account.ts';

/** Fields of the Account type that need nothing but the identifier. */
const NEED_NO_READ: ReadonlySet<string> = new Set(['__typename', 'id', 'identifier']);

/** GraphQL type of an account. */
export const AccountType = builder.objectRef<Account>('Account').implement({
  description:
    "The business's own customer, by its own identifier: a Metronome ingest alias, a Maple customer identifier, or both.",
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ identifier }) => encodeNodeId('Account', identifier) }),
    identifier: t.exposeString('identifier', { description: "The business's own identifier." }),
    name: t.exposeString('name', { description: 'Name of the first customer record.' }),
    customers: t.field({
      type: [CustomerType],
      description: 'The records that carry the identifier, at most one per provider.',
      extensions: countedCost(() => ACCOUNT_CUSTOMERS),
      resolve: ({ customers }) => customers,
    }),
    failures: t.field({
      type: [ProviderFailureType],
      description: 'Providers that could not be asked; each is also a located error.',
      resolve: ({ failures }) => failures.map(providerFailureOf),
    }),
  }),
});

builder.queryField('account', (t) =>
  t.field({
    type: AccountType,
    nullable: true,
    description:
      "Everything both systems know about one of the caller's own customer identifiers; null when neither system knows it.",
    extensions: countedCost(() => ACCOUNT_COST),
    args: {
      identifier: t.arg.string({ required: true, description: 'Free text, exact; not empty.' }),
    },
    resolve: (_, { identifier }, context, info) => readAccount(identifier, context, info),
  }),
);

builder.objectField(CustomerType, 'account', (t) =>
  t.field({
    type: AccountType,
    nullable: true,
    description: 'The account of the first identifier; null when the customer has none.',
    extensions: countedCost(customerAccountCost),
    resolve: (customer, _, context, info) => {
      const identifier = held(customer.identifiers)[0];
      if (identifier === undefined) return null;
      // The customer itself proves that the account exists, and nothing more of it is asked for.
      if (customer.name !== undefined && selectsOnly(info, NEED_NO_READ)) {
        return { identifier, name: customer.name, customers: [], failures: [] };
      }
      return readAccount(identifier, context, info, isWholeCustomer(customer) ? customer : undefined);
    },
  }),
);

/** A customer that is whole stands for its own provider, which is not asked then. */
function customerAccountCost({ scope, selected }: CostQuestion): FieldCost {
  const isPartial = scope.partial === true;
  if (!isPartial && selected().isSubsetOf(NEED_NO_READ)) return { gives: one({}) };
  const known = isPartial ? [] : scopeProviders(scope);
  const calls = PROVIDERS.filter((provider) => !known.includes(provider)).map(
    (each) => IDENTIFIER_CALLS[each],
  );
  return { calls: { own: calls.reduce((sum, each) => sum + each, 0) }, gives: one({}) };
}
