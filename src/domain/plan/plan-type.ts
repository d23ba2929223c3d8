import { builder } from '../../builder.ts';
import { encodeNodeId } from '../../node-id.ts';
import { AS_PARENT, CATALOGUE } from '../cache-control.ts';
import { connectionType } from '../connection/connection-type.ts';
import { MoneyType } from '../money/money-type.ts';
import { NodeType } from '../node/node-type.ts';
import { ProviderType } from '../provider/provider-type.ts';
import { planFieldCost } from './plan-cost.ts';
import type { PlanMinimum, PlanReference } from './plan.ts';
import { planField } from './plan-reference.ts';

const PlanKindType = builder.enumType('PlanKind', {
  description: 'What kind of price offer a plan is at its provider.',
  values: {
    PLAN: { description: 'A Metronome plan.' },
    RATE_CARD: { description: 'A Metronome rate card (contracts accounts).' },
    PACKAGE: { description: 'A Metronome package (contracts accounts).' },
    BUNDLE: { description: 'A Maple bundle: product pricings sold together.' },
    PRODUCT_PRICING: { description: 'A Maple product pricing.' },
  },
});

const PlanStatusType = builder.enumType('PlanStatus', {
  description: 'Whether a plan is on offer.',
  values: {
    ACTIVE: { description: 'On offer.' },
    ARCHIVED: { description: 'No longer on offer.' },
    UNKNOWN: {
      description: 'The provider says something else, see `providerStatus`, or nothing (Metronome plans).',
    },
  },
});

const PlanMinimumType = builder.objectRef<PlanMinimum>('PlanMinimum').implement({
  description: 'The least that a plan bills per period.',
  extensions: AS_PARENT,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it is called on invoices.' }),
    amount: t.expose('amount', { type: MoneyType, description: 'The least amount.' }),
    startPeriod: t.exposeInt('startPeriod', { description: 'Billing periods that pass before it applies.' }),
  }),
});

/** GraphQL type of a price offer. */
export const PlanType = builder.objectRef<PlanReference>('Plan').implement({
  description:
    'A price offer: a Metronome plan, or (contracts accounts) rate card or package; a Maple bundle or product pricing.',
  extensions: CATALOGUE,
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ provider, kind, providerId }) => encodeNodeId('Plan', provider, kind, providerId),
    }),
    provider: t.expose('provider', { type: ProviderType, description: 'Who offers it.' }),
    providerId: t.exposeString('providerId', { description: "The provider's own id." }),
    kind: t.expose('kind', { type: PlanKindType, description: 'What it is at its provider.' }),
    name: t.string({
      description: 'Display name.',
      extensions: planFieldCost('name'),
      resolve: (plan, _, context) => planField(plan, 'name', context),
    }),
    description: t.string({
      nullable: true,
      description: 'What the provider says about it.',
      extensions: planFieldCost('description'),
      resolve: (plan, _, context) => planField(plan, 'description', context),
    }),
    status: t.field({
      type: PlanStatusType,
      description: 'Whether it is on offer.',
      extensions: planFieldCost('status'),
      resolve: (plan, _, context) => planField(plan, 'status', context),
    }),
    providerStatus: t.string({
      nullable: true,
      description: 'The status as the provider spells it; null where it has no such field (Metronome plans).',
      extensions: planFieldCost('providerStatus'),
      resolve: (plan, _, context) => planField(plan, 'providerStatus', context),
    }),
    currency: t.field({
      type: 'CurrencyCode',
      nullable: true,
      description:
        'Currency of the whole plan; null where the provider states none (Metronome: each charge has its unit).',
      extensions: planFieldCost('currency'),
      resolve: (plan, _, context) => planField(plan, 'currency', context),
    }),
    customFields: t.field({
      type: 'JSONObject',
      description: 'Metronome custom fields, or Maple metadata.',
      extensions: planFieldCost('customFields'),
      resolve: (plan, _, context) => planField(plan, 'customFields', context),
    }),
    minimums: t.field({
      type: [PlanMinimumType],
      nullable: true,
      description:
        'Minimums of the whole plan. Null for Maple, which has minimum spends on single charges only.',
      extensions: planFieldCost('minimums'),
      resolve: (plan, _, context) => planField(plan, 'minimums', context),
    }),
  }),
});

/** GraphQL type of a page of plans. */
export const PlanConnectionType = connectionType<PlanReference, PlanReference>({
  name: 'Plan',
  plural: 'plans',
  node: PlanType,
  nodeOf: (plan) => plan,
  merged: true,
});
