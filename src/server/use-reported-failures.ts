import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from './gateway-context.ts';
import { createReportedErrors, withErrors } from './incremental-delivery/reported-errors.ts';
import { isInParts } from './incremental-delivery/result-parts.ts';

/** Adds the located errors of fields that gave data all the same to the answer's `errors`, in the part that they are of. */
export function useReportedFailures(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          const { reported } = args.contextValue;
          if (isSingleResult(result)) {
            setResult(withErrors(result, reported));
            return;
          }
          if (!isInParts(result)) return;
          const addErrors = createReportedErrors(reported);
          return {
            onNext({ result, setResult }) {
              setResult(addErrors(result));
            },
          };
        },
      };
    },
  };
}

function isSingleResult(result: unknown): result is ExecutionResult {
  return typeof result === 'object' && result !== null && !isInParts(result);
}
