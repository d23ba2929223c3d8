import { getOperationAST, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isErrorCode } from '../../errors/error-code.ts';
import { isInParts, type ResultPart } from '../incremental-delivery/result-parts.ts';
import { noteErrorCode, requestScope } from './request-scope.ts';

/** Notes in the request's record which kind of operation runs, and the codes of the errors that its client gets. */
export function useOperationFacts(): Plugin {
  return {
    onExecute({ args }) {
      noteOperation(args);
    },
    onResultProcess({ result, setResult }) {
      if (isInParts(result)) setResult(noted(result));
      else for (const one of Array.isArray(result) ? result : [result]) if ('errors' in one) noteErrors(one);
    },
  };
}

/** What is about to be executed. */
interface RequestedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/** Notes in the request's record which kind of operation runs. */
export function noteOperation({ document, operationName }: RequestedOperation): void {
  const record = requestScope.getStore();
  const operation = getOperationAST(document, operationName);
  if (record === undefined || operation === null || operation === undefined) return;
  const { operation: type, name } = operation;
  record.operation = { type, name: record.isPersisted ? (name?.value ?? null) : null };
}

/** The parts of an answer, noted as they go by. Whoever stops listening stops the source at once. */
function noted(parts: AsyncIterable<ResultPart>): AsyncIterable<ResultPart> {
  return {
    [Symbol.asyncIterator]() {
      const source = parts[Symbol.asyncIterator]();
      return {
        async next() {
          const result = await source.next();
          if (result.done !== true) noteErrors(result.value);
          return result;
        },
        return: async () => (await source.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}

/**
 * Notes the codes of the errors in an answer. They leave the mask with those of contract.md section 'Errors'; any other
 * word is the server's own.
 */
export function noteErrors({ errors = [], incremental = [] }: ResultPart): void {
  for (const { extensions } of [...errors, ...incremental.flatMap((increment) => increment.errors ?? [])]) {
    const code = extensions?.['code'];
    noteErrorCode(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR');
  }
}
