import { builder } from '../../builder.ts';
import { accountStreams } from '../account/account-streams.ts';
import { AccountType } from '../account/account-type.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { connectionArguments, connectionType } from '../connection/connection-type.ts';
import { readConnection } from '../connection/connection.ts';
import { cost, MOST_HELD_PLANS, type CostQuestion, type FieldCost } from '../operation-cost/field-cost.ts';
import { scopeProviders } from '../operation-cost/lookup-cost.ts';
import { pageCost } from '../operation-cost/page-cost.ts';
import type { CustomerPlan, PlanReference } from './plan.ts';
import { PlanType } from './plan-type.ts';
import { selectedPlanFields } from './selected-plan-fields.ts';

const SubscriptionStatusType = builder.enumType('SubscriptionStatus', {
  description: 'Where a subscription is in its life.',
  values: {
    UPCOMING: { description: 'Starts in the future.' },
    ACTIVE: { description: 'In force.' },
    TRIALING: { description: 'In force, on trial.' },
    PAUSED: { description: 'Held, and not billed.' },
    CANCELLED: { description: 'Given up before its end.' },
    ENDED: { description: 'Past its end.' },
    UNKNOWN: { description: 'The provider says something else; see `providerStatus`.' },
  },
});

const CustomerPlanConnectionType = connectionType<CustomerPlan, PlanReference>({
  name: 'CustomerPlan',
  plural: 'plans that a customer holds',
  node: PlanType,
  nodeOf: ({ plan }) => plan,
  merged: true,
  edgeFields: (t) => ({
    subscriptionId: t.string({
      description: 'Metronome customer plan id or contract id, or Maple subscription id.',
      resolve: ({ item }) => item.subscriptionId,
    }),
    status: t.field({
      type: SubscriptionStatusType,
      description:
        'Where the subscription is in its life. Metronome states none: there it follows from the dates.',
      resolve: ({ item }) => item.status,
    }),
    providerStatus: t.string({
      nullable: true,
      description: 'The status as the provider spells it; null where it follows from dates (Metronome).',
      resolve: ({ item }) => item.providerStatus,
    }),
    startsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it starts, inclusive.',
      resolve: ({ item }) => item.startsAt,
    }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends, exclusive; null while it is open-ended.',
      resolve: ({ item }) => item.endsAt,
    }),
    nextInvoiceAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the next invoice is due to be made; null where the provider does not say (Metronome).',
      resolve: ({ item }) => item.nextInvoiceAt,
    }),
    customFields: t.field({
      type: 'JSONObject',
      description:
        'Custom fields of the subscription itself: of the Metronome customer plan, or Maple metadata.',
      resolve: ({ item }) => item.customFields,
    }),
  }),
});

const DESCRIPTION = 'The plans held, now and before; the edge says how.';

function plansCost(question: CostQuestion): FieldCost {
  const streams = scopeProviders(question.scope).map((provider) => ({ provider, length: MOST_HELD_PLANS }));
  return pageCost({ ...question, defaultFirst: 20, streams, item: { plan: 'held' } });
}

builder.objectField(CustomerType, 'plans', (t) =>
  t.field({
    type: CustomerPlanConnectionType,
    nullable: true,
    description: DESCRIPTION,
    extensions: cost(plansCost),
    args: connectionArguments(20),
    resolve: ({ provider, providerId }, args, context, info) =>
      readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['Customer.plans', provider, providerId],
        streams: [context.sources[provider].plans.customerPlans(providerId, selectedPlanFields(info))],
      }),
  }),
);

builder.objectField(AccountType, 'plans', (t) =>
  t.field({
    type: CustomerPlanConnectionType,
    nullable: true,
    description: `${DESCRIPTION} Both systems, newest start first.`,
    extensions: cost(plansCost),
    args: connectionArguments(20),
    resolve: (account, args, context, info) =>
      readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['Account.plans', account.identifier],
        streams: accountStreams(account, context, ({ plans }, customerId) =>
          plans.customerPlans(customerId, selectedPlanFields(info)),
        ),
      }),
  }),
);
