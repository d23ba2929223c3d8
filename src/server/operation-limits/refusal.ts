import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../errors/error-code.ts';

/**
 * What an operation that asks for too much is answered, before anything is executed: 400, which becomes 200 in plain
 * `application/json`, as for one that is not valid.
 */
export function tooComplex(message: string): GraphQLError {
  const code: ErrorCode = 'OPERATION_TOO_COMPLEX';
  return new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } });
}
