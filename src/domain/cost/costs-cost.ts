import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import { PROVIDERS, type Provider } from '../../provider.ts';
import { parseInstant } from '../../time/instant.ts';
import {
  MOST_HELD_PLANS,
  sumOfCalls,
  type CostQuestion,
  type FieldCost,
} from '../operation-cost/field-cost.ts';
import { scopeProviders } from '../operation-cost/lookup-cost.ts';
import { pageCost, type StreamCost } from '../operation-cost/page-cost.ts';

const DAY_MS = 86_400_000;

/**
 * The stream of a provider's costs: Metronome has one for each day, whose unit it may leave nameless; Maple one for each
 * subscription, whose upcoming invoice is asked for one by one.
 */
function streamCost(provider: Provider, args: CostQuestion['args']): StreamCost {
  switch (provider) {
    case 'METRONOME':
      return {
        provider,
        pageLimit: MAX_PAGE_LIMIT,
        length: daysOf(args['from'], args['to']),
        further: () => ({ pricingUnits: 1 }),
      };
    case 'MAPLE':
      return {
        provider,
        pageLimit: MAX_PAGE_LIMIT,
        length: MOST_HELD_PLANS,
        further: (items) => ({ own: items }),
      };
  }
}

/** @param customers whose costs they are, at most */
export function costsCost(question: CostQuestion, customers: number): FieldCost {
  const streams = scopeProviders(question.scope).map((provider) => streamCost(provider, question.args));
  return pageCost({ ...question, defaultFirst: 31, streams, most: { customers } });
}

/** All costs of an account are read, whatever their number. */
export function costTotalsCost({ args }: CostQuestion): FieldCost {
  const costs = PROVIDERS.map((provider) => {
    const { length = 0, further } = streamCost(provider, args);
    return sumOfCalls({ own: Math.ceil(length / MAX_PAGE_LIMIT) }, further?.(length) ?? {});
  });
  return { calls: costs.reduce(sumOfCalls, {}) };
}

/** How many days a window touches; one at least, and one for what is no window and is refused. */
function daysOf(from: unknown, to: unknown): number {
  const [start, end] = [from, to].map((each) => (typeof each === 'string' ? parseInstant(each) : null));
  if (!start || !end) return 1;
  return Math.max(1, Math.ceil((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1);
}
