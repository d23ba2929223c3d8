import {
  locatedError,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type GraphQLResolveInfo,
  type FieldNode,
} from 'graphql';

/** Where a value stands in an answer, innermost first. */
export type Path = GraphQLResolveInfo['path'];

/** The place of a value that has nothing below it to be told of its place. */
export const NOWHERE: Path = { prev: undefined, key: '', typename: undefined };

/** What one execution of an operation has to itself. */
export interface Execution {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly rootValue: unknown;
  readonly context: unknown;
  readonly variableValues: GraphQLResolveInfo['variableValues'];
  /** Aborts when nobody waits for the answer any more; null where that is not known. */
  readonly abandoned: AbortSignal | null;
  /** Of places that are null for it, in the order in which they came up. */
  readonly errors: GraphQLError[];
}

/** Gives the value of a place as it goes into the answer, or a promise of it. Throws, or rejects, where it has none. */
export type Complete = (execution: Execution, value: unknown, path: Path) => unknown;

/** Gives the fields that are selected of an object, or a promise of them. */
export type ExecuteSelection = (execution: Execution, source: unknown, path: Path | undefined) => unknown;

/** Whether a value of this executor's own making is still to come. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

/** The promise that a resolver has given, be it of whatever make; null for a value that is there. */
export function promiseOf(value: unknown): Promise<unknown> | null {
  if (value instanceof Promise) return value;
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
    ? Promise.resolve(value)
    : null;
}

/** A field, or the items of one that gives a list. */
export interface Place {
  readonly nodes: readonly FieldNode[];
  readonly isNullable: boolean;
}

/**
 * Ends an error at the place that it makes null, or passes it on, with its place, to the nearest that may be null
 * (GraphQL, section 'Handling Execution Errors'). Where nobody waits for the answer, the first error ends all of it: to place
 * each takes long, and many clients may leave at once.
 */
export function nullFor(
  error: unknown,
  { nodes, isNullable }: Place,
  path: Path,
  execution: Execution,
): null {
  if (execution.abandoned?.aborted === true) throw error;
  const located = locatedError(errorOf(error), nodes, pathKeys(path));
  if (!isNullable) throw located;
  execution.errors.push(located);
  return null;
}

/** Anything can be thrown. */
function errorOf(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const isMessage =
    typeof thrown === 'object' &&
    thrown !== null &&
    'message' in thrown &&
    typeof thrown.message === 'string';
  return new Error(isMessage ? String(thrown.message) : String(thrown));
}

function pathKeys(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step: Path | undefined = path; step !== undefined; step = step.prev) keys.push(step.key);
  return keys.toReversed();
}
