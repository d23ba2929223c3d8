import {
  getOperationAST,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { OperationTooComplexError } from '../../errors/gateway-error.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { operationCost, type OperationCost } from './operation-cost.ts';
import type { CostLimits, OperationLedgers } from './operation-ledger.ts';
import type { OperationPlans } from './operation-plans.ts';
import { tooComplex } from './refusal.ts';

interface OperationLimitsOptions {
  readonly limits: CostLimits;
  readonly plans: OperationPlans;
  readonly ledgers: OperationLedgers;
}

/** What is about to be executed. */
interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/** An answer with more values than that takes so long to be written that others would have to wait. */
const MAX_VALUES = 200_000;

/**
 * Refuses operations that may cost more than the limits, before anything is executed, and counts what those that are let
 * through do cost. A request with `extensions: { cost: true }` is told both.
 */
export function useOperationLimits({
  limits,
  plans,
  ledgers,
}: OperationLimitsOptions): Plugin<GatewayContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn, setResultAndStopExecution }) {
      const { ledger, params } = args.contextValue;
      const isAsked = params.extensions?.['cost'] === true;
      const weighed = weigh(plans, args);
      if (!('values' in weighed)) {
        setResultAndStopExecution({ errors: [weighed] });
        return;
      }
      const refusal = refusalOf(weighed, limits);
      if (refusal !== null) {
        const extensions = { cost: costExtension(weighed, { nodes: 0, upstreamCalls: 0 }, limits) };
        setResultAndStopExecution({ errors: [refusal], ...(isAsked && { extensions }) });
        return;
      }
      setExecuteFn((execution) => ledgers.run(ledger, () => executeFn(execution)));
      if (!isAsked) return;
      return {
        onExecuteDone({ result, setResult }) {
          if (!isSingleResult(result)) return;
          const cost = costExtension(weighed, ledger.actual, limits);
          setResult({ ...result, extensions: { ...result.extensions, cost } });
        },
      };
    },
  };
}

/** Nothing is known of an operation that is not there: it is refused further on. */
const NO_COST: OperationCost = { nodes: 0, upstreamCalls: 0, values: 0 };

function weigh(plans: OperationPlans, execution: Execution): OperationCost | GraphQLError {
  const { document, operationName, variableValues } = execution;
  const operation = getOperationAST(document, operationName);
  if (!operation) return NO_COST;
  try {
    return operationCost(plans.planOf(document, operation), variableValues ?? {});
  } catch (error) {
    if (error instanceof OperationTooComplexError) return tooComplex(error.message);
    throw error;
  }
}

function refusalOf({ nodes, upstreamCalls, values }: OperationCost, limits: CostLimits): GraphQLError | null {
  if (upstreamCalls > limits.upstreamCalls) {
    return tooComplex(
      `The operation may take ${upstreamCalls} upstream calls; at most ${limits.upstreamCalls} are allowed.`,
    );
  }
  if (nodes > limits.nodes)
    return tooComplex(`The answer may have ${nodes} nodes; at most ${limits.nodes} are allowed.`);
  if (values > MAX_VALUES)
    return tooComplex(`The answer may have ${values} values; at most ${MAX_VALUES} are allowed.`);
  return null;
}

/** Where what was taken for granted did not hold, the operation has asked for more while it ran. */
function costExtension({ nodes, upstreamCalls }: CostLimits, actual: CostLimits, limit: CostLimits) {
  const requested = {
    nodes: Math.max(nodes, actual.nodes),
    upstreamCalls: Math.max(upstreamCalls, actual.upstreamCalls),
  };
  return { requested, actual, limit };
}

function isSingleResult(result: unknown): result is ExecutionResult {
  return typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result);
}
