import { experimentalExecuteIncrementally, getOperationAST, GraphQLError } from 'graphql';
import { OperationTooComplexError } from '../../src/errors/gateway-error.ts';
import { operationCost, type OperationCost } from '../../src/server/operation-limits/operation-cost.ts';
import type { CostLimits } from '../../src/server/operation-limits/operation-ledger.ts';
import { parseDocument } from '../../src/server/operation-limits/parse-document.ts';
import {
  validateDocument,
  type DocumentChecks,
} from '../../src/server/operation-limits/validate-document.ts';
import type { TakeTurn } from '../../src/server/turns.ts';
import type { LavishWorld } from './lavish-world.ts';
import type { RandomOperation } from './random-operation.ts';

/** What became of an operation. */
export type WeighedRun =
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'over'; readonly requested: OperationCost }
  | {
      readonly kind: 'answered';
      readonly requested: OperationCost;
      readonly actual: CostLimits;
      readonly result: unknown;
    };

interface WeighedRunOptions {
  readonly world: LavishWorld;
  readonly checks: DocumentChecks;
  /** Operations that may cost more are not executed. */
  readonly limits: CostLimits;
  readonly takeTurn: TakeTurn;
}

/** Does with an operation what the server does, without HTTP. One that costs more than it may is ended late, so that it shows. */
export async function runWeighed(
  { query, variables }: RandomOperation,
  { world, checks, limits, takeTurn }: WeighedRunOptions,
): Promise<WeighedRun> {
  const { schema, plans, maxTokens } = checks;
  try {
    const document = parseDocument(query, maxTokens);
    const [fault] = validateDocument(document, checks);
    const operation = getOperationAST(document);
    if (fault !== undefined || !operation)
      return { kind: 'refused', message: fault?.message ?? 'no operation' };
    const requested = operationCost(plans.planOf(document, operation), variables);
    if (requested.nodes > limits.nodes || requested.upstreamCalls > limits.upstreamCalls)
      return { kind: 'over', requested };
    const contextValue = world.context(
      { nodes: 10 * limits.nodes, upstreamCalls: 10 * limits.upstreamCalls },
      takeTurn,
    );
    const args = { schema, document, contextValue, variableValues: variables };
    const result: unknown = await world.ledgers.run(contextValue.ledger, () =>
      experimentalExecuteIncrementally(args),
    );
    return { kind: 'answered', requested, actual: contextValue.ledger.actual, result };
  } catch (error) {
    if (!(error instanceof GraphQLError || error instanceof OperationTooComplexError)) throw error;
    return { kind: 'refused', message: error.message };
  }
}
