import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { CATALOGUE } from '../cache-control.ts';
import { connectionArguments } from '../connection/connection-type.ts';
import { readConnection } from '../connection/connection.ts';
import { globalIdOf } from '../node/global-id.ts';
import { cost, countedCost, type CostQuestion, type FieldCost } from '../operation-cost/field-cost.ts';
import { askedProviders } from '../operation-cost/lookup-cost.ts';
import { nodeCost } from '../operation-cost/node-cost.ts';
import { pageCost, type StreamCost } from '../operation-cost/page-cost.ts';
import type { Provider } from '../../provider.ts';
import type { NodeKey } from '../../node-id.ts';
import { chosenProviders } from '../provider/chosen-providers.ts';
import { ProviderType } from '../provider/provider-type.ts';
import { isPlanKind, type PlanRef } from './plan.ts';
import { PlanConnectionType, PlanType } from './plan-type.ts';
import { selectedPlanFields } from './selected-plan-fields.ts';

const PlanFilterType = builder.inputType('PlanFilter', {
  description: 'Narrows the catalogue.',
  fields: (t) => ({
    providers: t.field({ type: [ProviderType], description: 'Only plans of these providers; not empty.' }),
  }),
});

/** Maple keeps bundles and product pricings apart. */
const STREAM_COSTS: Readonly<Record<Provider, readonly StreamCost[]>> = {
  METRONOME: [{ provider: 'METRONOME' }],
  MAPLE: [{ provider: 'MAPLE' }, { provider: 'MAPLE' }],
};

function catalogueCost(question: CostQuestion): FieldCost {
  const streams = askedProviders(question.args['filter']).flatMap((provider) => STREAM_COSTS[provider]);
  return pageCost({ ...question, defaultFirst: 20, streams, item: { plan: 'listed' } });
}

builder.queryField('plans', (t) =>
  t.field({
    type: PlanConnectionType,
    nullable: true,
    description:
      'The catalogue of both systems: Metronome plans first, which have no dates; then Maple bundles that were not ' +
      'generated automatically, and product pricings, newest first.',
    extensions: { ...CATALOGUE, ...cost(catalogueCost) },
    args: {
      ...connectionArguments(20),
      filter: t.arg({ type: PlanFilterType, description: 'Which plans to give; all when left out.' }),
    },
    resolve: (_, { filter, ...args }, context, info) =>
      readConnection({
        context,
        info,
        args,
        defaultFirst: 20,
        binding: ['plans'],
        streams: chosenProviders(filter?.providers).flatMap((provider) =>
          context.sources[provider].plans.plans(selectedPlanFields(info)),
        ),
      }),
  }),
);

/** @throws BadUserInputError for an id that is not a plan's */
export function planRefOf(id: string | NodeKey): PlanRef {
  const { provider, ids } = globalIdOf('Plan', id, 'id');
  const [kind, providerId] = ids;
  if (providerId === undefined || !isPlanKind(kind))
    throw new BadUserInputError('"id" is not a global id of type Plan.');
  return { provider, kind, providerId };
}

builder.queryField('plan', (t) =>
  t.field({
    type: PlanType,
    nullable: true,
    description: 'A plan by its global id; null when its provider does not know it.',
    extensions: countedCost(({ args }) => nodeCost(args['id'], 'Plan')),
    args: { id: t.arg.id({ required: true, description: 'Global id of a plan.' }) },
    resolve: (_, { id }, { sources }) => {
      const ref = planRefOf(id);
      return sources[ref.provider].plans.plan(ref);
    },
  }),
);
