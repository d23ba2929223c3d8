import {
  getOperationAST,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { booleanVariables, selectionCondition, type BooleanVariables } from './selection-condition.ts';
import { selectionMaxAge } from './selection-max-age.ts';

/** What is about to be executed. */
interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What of an operation's max-age holds for all variables. */
interface FixedMaxAge {
  /** In seconds, of all that is selected whatever the variables are. */
  readonly seconds: number;
  /** Whether variables may make it stricter. */
  readonly varies: boolean;
}

/** Tells how long the answer to an operation may be used without asking again, in seconds. */
export type OperationMaxAge = (execution: Execution) => number;

/**
 * Tells how long the answer to an operation may be used without asking again, in whole seconds; 0 for not at all. The
 * selections are looked at once for each operation, and once more for a request only where `@skip` or `@include` with a
 * variable may make a difference.
 */
export function createOperationMaxAge(): OperationMaxAge {
  const fixedMaxAges = new WeakMap<OperationDefinitionNode, FixedMaxAge>();
  return (execution) => {
    const operation = getOperationAST(execution.document, execution.operationName);
    if (!operation) return 0;
    let fixed = fixedMaxAges.get(operation);
    if (fixed === undefined) {
      fixed = fixedMaxAge(execution, operation);
      fixedMaxAges.set(operation, fixed);
    }
    return finite(fixed.varies ? requestMaxAge(execution, operation) : fixed.seconds);
  };
}

function fixedMaxAge({ schema, document }: Execution, operation: OperationDefinitionNode): FixedMaxAge {
  const nothing: BooleanVariables = () => null;
  let varies = false;
  const seconds = selectionMaxAge({
    schema,
    document,
    operation,
    counts(selection) {
      const condition = selectionCondition(selection, nothing);
      if (condition === 'unknown') varies = true;
      return condition === 'in';
    },
  });
  return { seconds, varies: varies && seconds > 0 };
}

function requestMaxAge(
  { schema, document, variableValues }: Execution,
  operation: OperationDefinitionNode,
): number {
  const variables = booleanVariables(operation, variableValues ?? {});
  const counts = (selection: Parameters<typeof selectionCondition>[0]) =>
    selectionCondition(selection, variables) !== 'out';
  return selectionMaxAge({ schema, document, operation, counts });
}

/** Where nothing but type names is selected, nothing has said that the answer may be used again. */
function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0;
}
