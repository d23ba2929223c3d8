import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import type { Provider } from '../../provider.ts';
import { connectionArguments } from '../connection/connection-type.ts';
import { readConnection } from '../connection/connection.ts';
import { globalIdOf, upstreamIdOf } from '../node/global-id.ts';
import { cost, countedCost } from '../operation-cost/field-cost.ts';
import { askedProviders } from '../operation-cost/lookup-cost.ts';
import { customerCost, nodeCost } from '../operation-cost/node-cost.ts';
import { pageCost } from '../operation-cost/page-cost.ts';
import { chosenProviders } from '../provider/chosen-providers.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type { CustomerFilter } from './customer-source.ts';
import { CustomerConnectionType, CustomerStatusType, CustomerType } from './customer-type.ts';

const CustomerFilterType = builder.inputType('CustomerFilter', {
  description: 'Narrows a list of customers. All members given must hold.',
  fields: (t) => ({
    providers: t.field({
      type: [ProviderType],
      description: 'Only customers of these providers; not empty.',
    }),
    status: t.field({
      type: CustomerStatusType,
      description:
        'ACTIVE when left out. UNKNOWN is refused: a customer in a state of its own is in no list, only `account` and ' +
        '`customer` find it.',
    }),
    identifier: t.string({ description: "One of the business's own identifiers, exact." }),
    search: t.string({
      description:
        'Free text over names and addresses. Maple only: give it together with `providers: [MAPLE]`.',
    }),
  }),
});

builder.queryField('customers', (t) =>
  t.field({
    type: CustomerConnectionType,
    nullable: true,
    description:
      "One page over both systems, newest first where the systems' own order allows it; every customer exactly once.",
    extensions: cost((question) => {
      const streams = askedProviders(question.args['filter']).map((provider) => ({ provider }));
      return pageCost({ ...question, defaultFirst: 20, streams });
    }),
    args: {
      ...connectionArguments(20),
      filter: t.arg({
        type: CustomerFilterType,
        description: 'Which customers to give; all active ones when left out.',
      }),
    },
    resolve: (_, { filter, ...args }, context, info) => {
      const providers = chosenProviders(filter?.providers);
      const wanted = customerFilter(filter ?? {}, providers);
      return readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['customers', wanted],
        streams: providers.map((provider) => context.sources[provider].customers.customers(wanted)),
      });
    },
  }),
);

function customerFilter(
  filter: Partial<Record<keyof CustomerFilter, string | null | undefined>>,
  providers: readonly Provider[],
): CustomerFilter {
  const { status = 'ACTIVE', identifier = null, search = null } = filter;
  if (search !== null && providers.some((provider) => provider !== 'MAPLE')) {
    throw new BadUserInputError('Only Maple can search: give "search" together with "providers: [MAPLE]".');
  }
  if (search === '') throw new BadUserInputError('"search" must not be empty.');
  if (identifier === '') throw new BadUserInputError('"identifier" must not be empty.');
  if (status === 'UNKNOWN') throw new BadUserInputError('"status" cannot be filtered by UNKNOWN.');
  return { status: status === 'ARCHIVED' ? 'ARCHIVED' : 'ACTIVE', identifier, search };
}

builder.queryField('customer', (t) =>
  t.field({
    type: CustomerType,
    nullable: true,
    description:
      'A customer by its global id; null when its provider does not know it. See also `customerByProviderId`.',
    extensions: countedCost(({ args }) => nodeCost(args['id'], 'Customer')),
    args: { id: t.arg.id({ required: true, description: 'Global id of a customer.' }) },
    resolve: (_, { id }, { sources }) => {
      const { provider, ids } = globalIdOf('Customer', id, 'id');
      return sources[provider].customers.customer(ids[0]);
    },
  }),
);

builder.queryField('customerByProviderId', (t) =>
  t.field({
    type: CustomerType,
    nullable: true,
    description: "A customer by its provider's own id; null when the provider does not know it.",
    extensions: countedCost(({ args }) => customerCost(args['provider'])),
    args: {
      provider: t.arg({ type: ProviderType, required: true, description: 'Whose id it is.' }),
      providerId: t.arg.string({
        required: true,
        description: "The provider's own id, not an identifier of the business.",
      }),
    },
    resolve: (_, { provider, providerId }, { sources }) =>
      sources[provider].customers.customer(upstreamIdOf(providerId, 'providerId')),
  }),
);
