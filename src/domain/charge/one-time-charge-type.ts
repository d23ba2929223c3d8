import { builder } from '../../builder.ts';
import { encodeNodeId } from '../../node-id.ts';
import { accountStreams } from '../account/account-streams.ts';
import { AccountType } from '../account/account-type.ts';
import { connectionArguments, connectionType } from '../connection/connection-type.ts';
import { readConnection } from '../connection/connection.ts';
import { CUSTOMER_REFERENCE, resolveCustomerReference } from '../customer/customer-reference.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { MoneyType } from '../money/money-type.ts';
import { NodeType } from '../node/node-type.ts';
import { cost, type CostQuestion } from '../operation-cost/field-cost.ts';
import { scopeProviders } from '../operation-cost/lookup-cost.ts';
import { pageCost, type StreamCost } from '../operation-cost/page-cost.ts';
import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import { PROVIDERS, type Provider } from '../../provider.ts';
import type { OneTimeCharge } from './charge.ts';
import { ChargeType } from './charge-type.ts';

/** GraphQL type of something billed once. */
export const OneTimeChargeType = builder.objectRef<OneTimeCharge>('OneTimeCharge').implement({
  description:
    'Billed once: a Maple one-time charge, or one added to a Metronome invoice. Of a Metronome plan account these are ' +
    "the invoices' sub line items whose charge is not among the charges of the invoice's plan.",
  interfaces: [NodeType, ChargeType],
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ provider, path }) => encodeNodeId('OneTimeCharge', provider, ...path),
    }),
    customer: t.field({
      type: CustomerType,
      nullable: true,
      description: 'Who is charged; null when the provider no longer knows the customer.',
      extensions: CUSTOMER_REFERENCE,
      resolve: ({ customer }, _, context, info) => resolveCustomerReference(customer, context, info),
    }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'How many.' }),
    unitPrice: t.expose('unitPrice', {
      type: MoneyType,
      nullable: true,
      description:
        'Price of one; null where the provider does not say it here (Maple product pricings, tiered prices).',
    }),
    total: t.expose('total', {
      type: MoneyType,
      nullable: true,
      description: 'Amount charged. Null for Maple, which does not say it.',
    }),
    status: t.exposeString('status', {
      nullable: true,
      description:
        'As the provider spells it: a Maple state, or the status of the Metronome invoice that it is on.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was added. Null for Metronome, which does not say it.',
    }),
  }),
});

const OneTimeChargeConnectionType = connectionType<OneTimeCharge, OneTimeCharge>({
  name: 'OneTimeCharge',
  plural: 'one-time charges',
  node: OneTimeChargeType,
  nodeOf: (charge) => charge,
  merged: true,
});

/** Metronome shows them on invoices, of which it is asked for many, and what they are not by the charges of the plans. */
const STREAM_COSTS = {
  METRONOME: {
    provider: 'METRONOME',
    pageLimit: MAX_PAGE_LIMIT,
    further: () => ({ planCharges: MAX_PAGE_LIMIT }),
  },
  MAPLE: { provider: 'MAPLE' },
} as const satisfies Record<Provider, StreamCost>;

function chargesCost(question: CostQuestion, customers: number) {
  const streams = scopeProviders(question.scope).map((provider) => STREAM_COSTS[provider]);
  return pageCost({ ...question, defaultFirst: 20, streams, most: { customers } });
}

builder.objectField(CustomerType, 'charges', (t) =>
  t.field({
    type: OneTimeChargeConnectionType,
    nullable: true,
    description: 'What the customer was, or will be, charged once.',
    extensions: cost((question) => chargesCost(question, 1)),
    args: connectionArguments(20),
    resolve: ({ provider, providerId }, args, context, info) =>
      readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['Customer.charges', provider, providerId],
        streams: [context.sources[provider].charges.oneTimeCharges(providerId)],
      }),
  }),
);

builder.objectField(AccountType, 'charges', (t) =>
  t.field({
    type: OneTimeChargeConnectionType,
    nullable: true,
    description:
      'What the account was, or will be, charged once: both systems, newest first (Metronome by invoice date).',
    extensions: cost((question) => chargesCost(question, PROVIDERS.length)),
    args: connectionArguments(20),
    resolve: (account, args, context, info) =>
      readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['Account.charges', account.identifier],
        streams: accountStreams(account, context, ({ charges }, customerId) =>
          charges.oneTimeCharges(customerId),
        ),
      }),
  }),
);
