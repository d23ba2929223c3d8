import type { Plugin } from 'graphql-yoga';
import { requestScope } from './request-scope.ts';
import type { TracedPhase } from './tracing.ts';

/** Gives spans to the operation of a request, and to its parsing, validation and execution. */
export function useTracing(): Plugin {
  return {
    instrumentation: {
      operation: (_, run) => traced('operation', run),
      parse: (_, run) => traced('parse', run),
      validate: (_, run) => traced('validate', run),
      execute: (_, run) => traced('execute', run),
    },
  };
}

function traced<Result>(phase: TracedPhase, run: () => Result): Result {
  const record = requestScope.getStore();
  const end = record?.trace?.beginPhase(phase, record);
  if (end === undefined) return run();
  let result: Result;
  try {
    result = run();
  } catch (error) {
    end();
    throw error;
  }
  if (isThenable(result)) result.then(end, end);
  else end();
  return result;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
