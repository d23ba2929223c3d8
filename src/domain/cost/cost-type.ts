import { builder } from '../../builder.ts';
import { connectionType } from '../connection/connection-type.ts';
import { CUSTOMER_REFERENCE, resolveCustomerReference } from '../customer/customer-reference.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { MoneyType } from '../money/money-type.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type { Cost, CostAmount, CostLineItem } from './cost.ts';

const CostBasisType = builder.enumType('CostBasis', {
  description: 'Where a cost comes from.',
  values: {
    DAILY_USAGE: { description: 'The pending cost of one day (Metronome).' },
    UPCOMING_INVOICE: { description: 'The upcoming invoice of one subscription (Maple).' },
  },
});

const CostLineItemType = builder.objectRef<CostLineItem>('CostLineItem').implement({
  description: 'A part of a cost (Metronome).',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    cost: t.expose('cost', { type: MoneyType, description: 'Its amount.' }),
    groupKey: t.exposeString('groupKey', { nullable: true, description: 'What usage is grouped by.' }),
    groupValue: t.exposeString('groupValue', {
      nullable: true,
      description: 'The group that this part is for.',
    }),
  }),
});

const CostAmountType = builder.objectRef<CostAmount>('CostAmount').implement({
  description: 'A cost in one pricing unit.',
  fields: (t) => ({
    total: t.expose('total', { type: MoneyType, description: 'The whole amount in this unit.' }),
    lineItems: t.expose('lineItems', {
      type: [CostLineItemType],
      description: 'What it is made of; empty for Maple, which does not say it.',
    }),
  }),
});

const CostType = builder.objectRef<Cost>('Cost').implement({
  description: 'What a customer has run up and not yet been invoiced for in one window of time.',
  fields: (t) => ({
    customer: t.field({
      type: CustomerType,
      nullable: true,
      description: 'Whose cost it is; null when the provider no longer knows the customer.',
      extensions: CUSTOMER_REFERENCE,
      resolve: ({ customer }, _, context, info) => resolveCustomerReference(customer, context, info),
    }),
    provider: t.expose('provider', { type: ProviderType, description: 'Who says so.' }),
    basis: t.expose('basis', { type: CostBasisType, description: 'Where it comes from.' }),
    from: t.expose('from', {
      type: 'DateTime',
      nullable: true,
      description: 'Start of the window, inclusive. Null for Maple, which does not say it.',
    }),
    to: t.expose('to', {
      type: 'DateTime',
      nullable: true,
      description: 'End of the window, exclusive; for Maple the date of the upcoming invoice.',
    }),
    amounts: t.expose('amounts', { type: [CostAmountType], description: 'One per pricing unit.' }),
  }),
});

/** GraphQL type of a page of costs. */
export const CostConnectionType = connectionType<Cost, Cost>({
  name: 'Cost',
  plural: 'costs',
  node: CostType,
  nodeOf: (cost) => cost,
  merged: true,
});
