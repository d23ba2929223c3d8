import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileSelection } from './compile-selection.ts';
import { isPromise, type Execution } from './execution.ts';
import type { SelectionScope } from './selection-scope.ts';

/** What a query gives. */
export interface QueryResult {
  readonly errors?: readonly GraphQLError[];
  readonly data: unknown;
}

/** What one execution is given. */
export interface QueryExecution {
  readonly rootValue?: unknown;
  readonly context: unknown;
  readonly variableValues: GraphQLResolveInfo['variableValues'];
  /** Aborts when nobody waits for the answer any more. */
  readonly abandoned?: AbortSignal | null | undefined;
}

/**
 * Executes one query. What comes of it is a promise only where something had to be waited for. Throws, or rejects, only where
 * nobody waits for the answer any more.
 */
export type ExecuteQuery = (given: QueryExecution) => QueryResult | Promise<QueryResult>;

/**
 * Puts a query together once, so that executing it is no more than calling its resolvers and taking over what they give
 * (GraphQL, section 'Executing Requests'). Of a document that has been validated.
 *
 * @param isIncluded whether `@skip` and `@include` leave a selection in; the same throughout what is put together
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { isIncluded }: Pick<SelectionScope, 'isIncluded'>,
): ExecuteQuery {
  const type = schema.getQueryType();
  if (!type) throw new TypeError('a schema without queries');
  const fragments = fragmentsOf(document);
  const scope: SelectionScope = {
    schema,
    fragments,
    isIncluded,
    compileSelection: (below, sets) => compileSelection(scope, below, sets),
  };
  const executeSelection = compileSelection(scope, type, [operation.selectionSet]);
  return ({ rootValue, context, variableValues, abandoned = null }) => {
    const execution: Execution = {
      schema,
      operation,
      fragments,
      rootValue,
      context,
      variableValues,
      abandoned,
      errors: [],
    };
    try {
      const data = executeSelection(execution, rootValue, undefined);
      return isPromise(data)
        ? data.then(
            (late) => resultOf(execution, late),
            (error: unknown) => failedResult(execution, error),
          )
        : resultOf(execution, data);
    } catch (error) {
      return failedResult(execution, error);
    }
  };
}

function resultOf({ errors }: Execution, data: unknown): QueryResult {
  return errors.length === 0 ? { data } : { errors, data };
}

/** Where no place up to the top may be null, nothing is left. */
function failedResult({ errors }: Execution, error: unknown): QueryResult {
  if (!(error instanceof GraphQLError)) throw error;
  errors.push(error);
  return { errors, data: null };
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}
