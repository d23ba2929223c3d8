import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.ts';
import { answerWithCost, callCount } from '../support/asked-cost.ts';
import { boundOf } from '../support/bound-of.ts';
import { pickList, pickText } from '../support/pick.ts';
import { createRandom } from '../support/random.ts';
import type { RandomIds } from '../support/random-arguments.ts';
import { randomOperation } from '../support/random-operation.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const OPERATIONS = 400;
const LIMITS = { nodes: 20_000, upstreamCalls: 500 };

/** Ids that the sandboxes know. */
async function knownIds(gateway: TestGateway): Promise<RandomIds> {
  const data = await gateway.data(`{
    customers(first: 12) { nodes { id identifiers invoices(first: 2) { nodes { id } } charges(first: 1) { nodes { id } } account { id } } }
    plans(first: 20) { nodes { id charges(first: 1) { nodes { id } } } }
  }`);
  const customers = pickList(data, 'customers', 'nodes');
  const plans = pickList(data, 'plans', 'nodes');
  const idsOf = (list: readonly unknown[]): string[] => list.map((each) => pickText(each, 'id'));
  return {
    byField: {
      'Query.customer': idsOf(customers),
      'Query.plan': idsOf(plans),
      'Query.invoice': customers.flatMap((each) => idsOf(pickList(each, 'invoices', 'nodes'))),
      others: [
        ...customers.map((each) => pickText(each, 'account', 'id')),
        ...customers.flatMap((each) => idsOf(pickList(each, 'charges', 'nodes'))),
        ...plans.flatMap((each) => idsOf(pickList(each, 'charges', 'nodes'))),
        'not-an-id',
      ],
    },
    identifiers: [...customers.map((each) => pickText(each, 'identifiers', 0)), 'nobody'],
  };
}

describe('operations made up by chance, over HTTP', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it(
    'cost what their clients are told, and never more than they were weighed at',
    { timeout: 120_000 },
    async () => {
      const ids = await knownIds(gateway);
      const [random, cursors] = [createRandom(7), new Map<string, string[]>()];
      const counts = { refused: 0, answered: 0, calls: 0 };
      const wrong: unknown[] = [];
      for (let at = 0; at < OPERATIONS; at += 1) {
        const { query, variables } = randomOperation({
          schema,
          random,
          depth: 3 + random.below(8),
          cursors,
          ids,
        });
        // A name may stand for two fields by chance.
        if (validate(schema, parse(query)).length > 0) continue;
        gateway.forgetCalls();
        const { body, cost } = await answerWithCost(gateway, query, variables);
        const calls = callCount(gateway);
        const bound = boundOf(query, variables);
        const isOver = bound.nodes > LIMITS.nodes || bound.upstreamCalls > LIMITS.upstreamCalls;
        counts[isOver ? 'refused' : 'answered'] += 1;
        counts.calls += calls;
        const isRight = isOver
          ? calls === 0
          : calls === cost.actual.upstreamCalls &&
            calls <= bound.upstreamCalls &&
            cost.actual.nodes <= bound.nodes;
        if (!isRight) wrong.push({ query, variables, calls, cost, bound, body });
      }
      expect(wrong).toEqual([]);
      expect(counts.answered).toBeGreaterThan(OPERATIONS / 2);
      expect(counts.calls).toBeGreaterThan(OPERATIONS);
    },
  );
});
