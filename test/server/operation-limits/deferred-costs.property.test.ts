import { normalizedExecutor } from '@graphql-tools/executor';
import { getOperationAST } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema.ts';
import { documentChecks } from '../../../src/server/document-rules.ts';
import { isInParts } from '../../../src/server/incremental-delivery/result-parts.ts';
import { operationCost, type OperationCost } from '../../../src/server/operation-limits/operation-cost.ts';
import type { CostLimits } from '../../../src/server/operation-limits/operation-ledger.ts';
import { parseDocument } from '../../../src/server/operation-limits/parse-document.ts';
import { validateDocument } from '../../../src/server/operation-limits/validate-document.ts';
import { createTurns } from '../../../src/server/turns.ts';
import { createLavishWorld } from '../../support/lavish-world.ts';
import { createRandom } from '../../support/random.ts';
import { randomOperation, type RandomOperation } from '../../support/random-operation.ts';

const DOCUMENTS = 600;
/** Larger ones are weighed and not executed, for time. */
const EXECUTED = { nodes: 300, upstreamCalls: 60 };
/** Asks whether an upstream answers, and there is none here. */
const WITHOUT = new Set(['ProviderInfo.status']);

describe('operations that defer by chance', () => {
  const world = createLavishWorld();
  afterAll(() => world.close());
  const checks = documentChecks({ maxDepth: 15, maxAliases: 50, maxTokens: 5000, introspection: true });
  const takeTurn = createTurns();

  /** Null for one that is refused, or too large for this test. */
  async function run({ query, variables }: RandomOperation): Promise<Cost | null> {
    const document = parseDocument(query, checks.maxTokens);
    const operation = getOperationAST(document);
    if (validateDocument(document, checks).length > 0 || !operation) return null;
    const requested = operationCost(checks.plans.planOf(document, operation), variables);
    if (requested.nodes > EXECUTED.nodes || requested.upstreamCalls > EXECUTED.upstreamCalls) return null;
    const limits = { nodes: 100 * EXECUTED.nodes, upstreamCalls: 100 * EXECUTED.upstreamCalls };
    const contextValue = world.context(limits, takeTurn);
    return world.ledgers.run(contextValue.ledger, async () => {
      const result: unknown = await normalizedExecutor({
        schema,
        document,
        contextValue,
        variableValues: variables,
      });
      const parts = isInParts(result) ? await Array.fromAsync(result) : [result];
      return { requested, actual: contextValue.ledger.actual, parts: parts.length };
    });
  }

  it('never cost more than they were weighed at, each deferred fragment by itself', async () => {
    const random = createRandom(20_261_121);
    const over: string[] = [];
    const counts = { answered: 0, inParts: 0, exact: 0 };
    for (let at = 0; at < DOCUMENTS; at += 1) {
      const operation = randomOperation({
        schema,
        random,
        depth: 2 + random.below(4),
        cursors: new Map(),
        without: WITHOUT,
        deferred: 0.25,
      });
      const cost = await run(operation);
      if (cost === null) continue;
      const { requested, actual, parts } = cost;
      counts.answered += 1;
      if (parts > 1) counts.inParts += 1;
      if (actual.nodes > 0 && actual.nodes === requested.nodes) counts.exact += 1;
      const isWithin = actual.nodes <= requested.nodes && actual.upstreamCalls <= requested.upstreamCalls;
      if (!isWithin) over.push(JSON.stringify({ operation, requested, actual }));
    }
    expect(over).toEqual([]);
    // The bound would mean little if it were seldom reached, and the test if little came in parts.
    expect(counts.inParts).toBeGreaterThan(DOCUMENTS / 4);
    expect(counts.exact).toBeGreaterThan(DOCUMENTS / 10);
  });
});

interface Cost {
  readonly requested: OperationCost;
  readonly actual: CostLimits;
  /** In how many parts the answer came. */
  readonly parts: number;
}
