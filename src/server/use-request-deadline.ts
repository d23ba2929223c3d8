import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from './gateway-context.ts';

/** Lets go of the request's deadline as soon as the operation has been executed. */
export function useRequestDeadline(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone() {
          args.contextValue.deadline.end();
        },
      };
    },
  };
}
