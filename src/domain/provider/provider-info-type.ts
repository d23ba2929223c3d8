import { builder } from '../../builder.ts';
import { PROVIDERS } from '../../provider.ts';
import type { BillingSource } from './billing-source.ts';
import { cost, countedCost } from '../operation-cost/field-cost.ts';
import { ProviderType } from './provider-type.ts';

const ProviderHealthType = builder.enumType('ProviderHealth', {
  description: 'How a provider is doing, judged by its latest answers to this gateway process.',
  values: {
    UP: { description: 'All of its latest answers were usable.' },
    DEGRADED: { description: 'Some of its latest calls failed.' },
    DOWN: { description: 'None of its latest calls was answered.' },
  },
});

const ProviderInfoType = builder.objectRef<BillingSource>('ProviderInfo').implement({
  description: 'An upstream that this gateway talks to.',
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderType, description: 'Which one.' }),
    status: t.field({
      type: ProviderHealthType,
      description: 'How it is doing right now.',
      extensions: cost(() => ({ calls: { own: 1 } })),
      resolve: (source) => source.health(),
    }),
    sandbox: t.exposeBoolean('sandbox', {
      description: 'True where the embedded sandbox stands in for the real system: no money moves.',
    }),
  }),
});

builder.queryField('providers', (t) =>
  t.field({
    type: [ProviderInfoType],
    description: 'Which upstreams this gateway talks to and how they are doing right now.',
    extensions: countedCost(() => ({ gives: [{ count: PROVIDERS.length, scopes: [{}] }] })),
    resolve: (_, __, { sources }) => PROVIDERS.map((provider) => sources[provider]),
  }),
);
