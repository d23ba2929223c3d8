import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { compareInstants, type Instant } from '../../time/instant.ts';
import { accountStreams } from '../account/account-streams.ts';
import { AccountType } from '../account/account-type.ts';
import { connectionArguments } from '../connection/connection-type.ts';
import { readConnection } from '../connection/connection.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { globalIdOf } from '../node/global-id.ts';
import { cost, countedCost, MOST_HELD_PLANS, type CostQuestion } from '../operation-cost/field-cost.ts';
import { askedProviders, scopeProviders } from '../operation-cost/lookup-cost.ts';
import { nodeCost } from '../operation-cost/node-cost.ts';
import { pageCost } from '../operation-cost/page-cost.ts';
import type { NodeKey } from '../../node-id.ts';
import { PROVIDERS } from '../../provider.ts';
import { chosenProviders } from '../provider/chosen-providers.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type { InvoiceRef, InvoiceStatus } from './invoice.ts';
import type { InvoiceFilter } from './invoice-source.ts';
import { InvoiceConnectionType, InvoiceStatusType, InvoiceType } from './invoice-type.ts';

const InvoiceFilterType = builder.inputType('InvoiceFilter', {
  description: 'Narrows a list of invoices. All members given must hold.',
  fields: (t) => ({
    providers: t.field({ type: [ProviderType], description: 'Only invoices of these providers; not empty.' }),
    statuses: t.field({
      type: [InvoiceStatusType],
      description: 'Only invoices in one of these; not empty.',
    }),
    from: t.field({
      type: 'DateTime',
      description: 'Inclusive. Metronome compares the start of the service period, Maple the invoice date.',
    }),
    to: t.field({
      type: 'DateTime',
      description:
        'Exclusive, and after `from`. Metronome compares the end of the service period, Maple the invoice date.',
    }),
  }),
});

interface InvoiceFilterInput {
  readonly statuses?: readonly InvoiceStatus[] | null | undefined;
  readonly from?: Instant | null | undefined;
  readonly to?: Instant | null | undefined;
}

function invoiceFilter(input: InvoiceFilterInput): InvoiceFilter {
  const { statuses = null, from = null, to = null } = input;
  if (statuses?.length === 0) throw new BadUserInputError('"statuses" must not be empty.');
  if (from !== null && to !== null && compareInstants(from, to) >= 0) {
    throw new BadUserInputError('"from" must be before "to".');
  }
  return { statuses: statuses === null ? null : [...new Set(statuses)].toSorted(), from, to };
}

/** @param customers whose invoices they are, at most */
function invoicesCost(question: CostQuestion, customers: number) {
  const providers = askedProviders(question.args['filter'], scopeProviders(question.scope));
  return pageCost({
    ...question,
    defaultFirst: 20,
    streams: providers.map((provider) => ({ provider })),
    most: { customers, subscriptions: MOST_HELD_PLANS, bundles: MOST_HELD_PLANS },
  });
}

const invoiceFilterArgument = {
  type: InvoiceFilterType,
  description: 'Which invoices to give; all when left out.',
} as const;

builder.objectField(CustomerType, 'invoices', (t) =>
  t.field({
    type: InvoiceConnectionType,
    nullable: true,
    description: "The customer's invoices, newest first.",
    extensions: cost((question) => invoicesCost(question, 1)),
    args: { ...connectionArguments(20), filter: t.arg(invoiceFilterArgument) },
    resolve: ({ provider, providerId }, { filter, ...args }, context, info) => {
      const wanted = invoiceFilter(filter ?? {});
      const providers = chosenProviders(filter?.providers).filter((each) => each === provider);
      return readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['Customer.invoices', provider, providerId, wanted],
        streams: providers.map((each) => context.sources[each].invoices.invoices(providerId, wanted)),
      });
    },
  }),
);

builder.objectField(AccountType, 'invoices', (t) =>
  t.field({
    type: InvoiceConnectionType,
    nullable: true,
    description:
      'Invoices of both systems, merged, newest first by issue date; a draft without one stands at the end of its period.',
    extensions: cost((question) => invoicesCost(question, PROVIDERS.length)),
    args: { ...connectionArguments(20), filter: t.arg(invoiceFilterArgument) },
    resolve: (account, { filter, ...args }, context, info) => {
      const wanted = invoiceFilter(filter ?? {});
      const providers = chosenProviders(filter?.providers);
      return readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['Account.invoices', account.identifier, wanted],
        streams: accountStreams(
          account,
          context,
          ({ invoices }, customerId) => invoices.invoices(customerId, wanted),
          providers,
        ),
      });
    },
  }),
);

/** @throws BadUserInputError for an id that is not an invoice's */
export function invoiceRefOf(id: string | NodeKey): InvoiceRef {
  const { provider, ids } = globalIdOf('Invoice', id, 'id');
  const [customerId, providerId] = ids;
  if (providerId === undefined) throw new BadUserInputError('"id" is not a global id of type Invoice.');
  return { provider, customerId, providerId };
}

builder.queryField('invoice', (t) =>
  t.field({
    type: InvoiceType,
    nullable: true,
    description: 'An invoice by its global id; null when its provider does not know it.',
    extensions: countedCost(({ args }) => nodeCost(args['id'], 'Invoice')),
    args: { id: t.arg.id({ required: true, description: 'Global id of an invoice.' }) },
    resolve: (_, { id }, { sources }) => {
      const ref = invoiceRefOf(id);
      return sources[ref.provider].invoices.invoice(ref);
    },
  }),
);
