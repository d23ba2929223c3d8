import type { ExecutionResult, GraphQLError } from 'graphql';

/**
 * One part of an answer that comes in parts, as the executor gives them: the first has `data`, each further one has what
 * has become ready since (the format that Apollo calls `deferSpec=20220824`).
 */
export interface ResultPart extends ExecutionResult {
  readonly incremental?: readonly Increment[];
  /** False for the last one. */
  readonly hasNext?: boolean;
}

/** What was deferred at one place. */
export interface Increment {
  readonly path?: readonly (string | number)[];
  /** Null where it failed as a whole. */
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

/** Whether a result comes in parts. */
export function isInParts(result: unknown): result is AsyncIterable<ResultPart> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
