import { getOperationAST, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isErrorCode } from '../../errors/error-code.ts';
import type { ResultPart } from '../incremental-delivery/result-parts.ts';
import { noteErrorCode, requestScope } from './request-scope.ts';

/** Notes in the request's record which kind of operation runs, and the codes of the errors that its client gets. */
export function useOperationFacts(): Plugin {
  return {
    onExecute({ args }) {
      noteOperation(args);
    },
    onResultProcess({ result, setResult }) {
      const results = Array.isArray(result) ? result : [result];
      for (const one of results) if (!isStream(one)) noteErrors(one);
      if (isStream(result)) setResult(noted(result));
    },
  };
}

/** What is about to be executed. */
interface RequestedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

function noteOperation({ document, operationName }: RequestedOperation): void {
  const record = requestScope.getStore();
  const operation = getOperationAST(document, operationName);
  if (record === undefined || operation === null || operation === undefined) return;
  const { operation: type, name } = operation;
  record.operation = { type, name: record.isPersisted ? (name?.value ?? null) : null };
}

type Result = Pick<ResultPart, 'errors' | 'incremental'>;

async function* noted<T extends Result>(results: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const result of results) {
    noteErrors(result);
    yield result;
  }
}

/** Errors leave the mask with codes of contract.md section 'Errors'; any other word is the server's own. */
function noteErrors({ errors = [], incremental = [] }: Result): void {
  for (const { extensions } of [...errors, ...incremental.flatMap((increment) => increment.errors ?? [])]) {
    const code = extensions?.['code'];
    noteErrorCode(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR');
  }
}

function isStream(result: object): result is AsyncIterable<Result> {
  return Symbol.asyncIterator in result;
}
