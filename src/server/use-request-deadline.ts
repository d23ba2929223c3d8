import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from './gateway-context.ts';
import { isInParts } from './incremental-delivery/result-parts.ts';

/** Lets go of the request's deadline as soon as the operation has been executed; of one in parts, after the last. */
export function useRequestDeadline(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result }) {
          const { deadline } = args.contextValue;
          if (!isInParts(result)) {
            deadline.end();
            return;
          }
          return {
            onEnd() {
              deadline.end();
            },
          };
        },
      };
    },
  };
}
