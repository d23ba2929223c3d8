import { normalizedExecutor } from '@graphql-tools/executor';
import { parse, validate, type DocumentNode } from 'graphql';
import { expect } from 'vitest';
import { QueryExecutor } from '../../src/execution/query-executor.ts';
import { smallRoot, smallSchema } from './small-schema.ts';

/** What goes with a query. */
export interface SmallRequest {
  readonly operationName?: string;
  readonly variableValues?: Readonly<Record<string, unknown>>;
}

interface SmallExecution extends SmallRequest {
  readonly schema: typeof smallSchema;
  readonly document: DocumentNode;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
}

export const smallExecutor = new QueryExecutor(smallSchema);

/** What an executor is given, of a document that is valid. */
export function smallExecution(query: string, request: SmallRequest = {}): SmallExecution {
  const document = parse(query);
  expect(validate(smallSchema, document)).toEqual([]);
  return { schema: smallSchema, document, rootValue: smallRoot, contextValue: 'context', ...request };
}

/** The answer as a text, so that order counts: the same each time, and the same as that of Yoga's executor. */
export async function answerTo(query: string, request?: SmallRequest): Promise<string> {
  return sameAnswer(smallExecution(query, request), (result) => JSON.stringify(result));
}

/** The same without messages, which are this executor's own for faults of resolvers: the server masks them. */
export async function maskedAnswerTo(query: string): Promise<string> {
  return sameAnswer(smallExecution(query), (result) =>
    JSON.stringify(result, (key, value: unknown) => (key === 'message' ? undefined : value)),
  );
}

async function sameAnswer(args: SmallExecution, textOf: (result: unknown) => string): Promise<string> {
  const first = smallExecutor.execute(args);
  expect(first).not.toBeNull();
  const answer = textOf(await first);
  expect(textOf(await smallExecutor.execute(args))).toBe(answer);
  expect(answer).toBe(textOf(await normalizedExecutor(args)));
  return answer;
}

/** An error of one place in a query of one line. */
export function fault(message: string, column: number, ...path: readonly (string | number)[]): object {
  return { message, locations: [{ line: 1, column }], path };
}

export function nullIn(field: string): string {
  return `Cannot return null for non-nullable field ${field}.`;
}
