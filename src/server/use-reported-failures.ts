import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from './gateway-context.ts';

/** Adds the located errors of fields that gave data all the same to the answer's `errors`. */
export function useReportedFailures(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          const { reported } = args.contextValue;
          if (reported.length === 0 || !isSingleResult(result)) return;
          setResult({ ...result, errors: [...(result.errors ?? []), ...reported] });
        },
      };
    },
  };
}

function isSingleResult(result: unknown): result is ExecutionResult {
  return typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result);
}
