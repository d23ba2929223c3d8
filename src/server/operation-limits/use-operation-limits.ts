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
import { isInParts } from '../incremental-delivery/result-parts.ts';
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
const MAX_VALUES = 500_000;
/** Tools that ask for the whole schema come to less than half of it. */
const MAX_INTROSPECTION_VALUES = 50_000;

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
      setExecuteFn((execution): unknown => ledgers.run(ledger, (): unknown => executeFn(execution)));
      if (!isAsked) return;
      return {
        onExecuteDone({ result, setResult }) {
          const withCost = <Result extends ExecutionResult>(part: Result): Result => {
            const cost = costExtension(weighed, ledger.actual, limits);
            return { ...part, extensions: { ...part.extensions, cost } };
          };
          if (isSingleResult(result)) setResult(withCost(result));
          if (!isInParts(result)) return;
          return {
            onNext({ result: part, setResult }) {
              if (!('hasNext' in part) || !part.hasNext) setResult(withCost(part));
            },
          };
        },
      };
    },
  };
}

/** Whether an operation is refused since it may cost too much, or cannot be weighed. */
export function isTooCostly(
  { plans, limits }: Pick<OperationLimitsOptions, 'plans' | 'limits'>,
  execution: Execution,
): boolean {
  const weighed = weigh(plans, execution);
  return !('values' in weighed) || refusalOf(weighed, limits) !== null;
}

/** Nothing is known of an operation that is not there: it is refused further on. */
const NO_COST: OperationCost = { nodes: 0, upstreamCalls: 0, values: 0, introspectionValues: 0 };

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

function refusalOf(cost: OperationCost, limits: CostLimits): GraphQLError | null {
  const { nodes, upstreamCalls, values, introspectionValues } = cost;
  const bounds = [
    { what: `take ${upstreamCalls} upstream calls`, count: upstreamCalls, most: limits.upstreamCalls },
    { what: `give ${nodes} nodes`, count: nodes, most: limits.nodes },
    { what: `give ${values} values`, count: values, most: MAX_VALUES },
    {
      what: `give ${introspectionValues} values of introspection`,
      count: introspectionValues,
      most: MAX_INTROSPECTION_VALUES,
    },
  ];
  const over = bounds.find(({ count, most }) => count > most);
  return over === undefined
    ? null
    : tooComplex(`The operation may ${over.what}; at most ${over.most} are allowed.`);
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
  return typeof result === 'object' && result !== null && !isInParts(result);
}
