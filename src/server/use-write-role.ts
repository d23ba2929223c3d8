import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../errors/error-code.ts';
import type { GatewayContext } from './gateway-context.ts';
import { isMutation } from './is-mutation.ts';

/**
 * Refuses a mutation of a caller that may only read, before anything is executed. What is looked at is the operation
 * that would run, however its document came. It is a request error: 403, which becomes 200 where the answer is plain
 * `application/json` (GraphQL over HTTP, section 'Status Codes').
 */
export function useWriteRole(): Plugin<GatewayContext> {
  const code: ErrorCode = 'FORBIDDEN';
  return {
    onExecute({ args, setResultAndStopExecution }) {
      if (args.contextValue.caller.role === 'write' || !isMutation(args)) return;
      const error = new GraphQLError('This API key may only read: its role does not allow mutations.', {
        extensions: { code, http: { status: 403, spec: true } },
      });
      setResultAndStopExecution({ errors: [error] });
    },
  };
}
