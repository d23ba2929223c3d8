import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors/error-code.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { UpstreamError } from '../errors/upstream-error.ts';

/** Codes that an error may already carry when it comes from a plugin of the server. */
const SERVER_CODES: ReadonlySet<unknown> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_ONLY',
  'OPERATION_TOO_COMPLEX',
  'OVERLOADED',
  'INTERNAL_SERVER_ERROR',
]);

const MASKED_MESSAGE = 'Unexpected error.';

/**
 * Turns any error into one that a client may see, with a code from contract.md section 'Errors'.
 *
 * A GatewayError speaks for itself. An error of GraphQL itself (syntax, validation, coercion) is the client's input.
 * Everything else is a fault of ours: its message stays here, and `onFault` hears of it.
 */
export function createErrorMask(onFault: (error: unknown) => void) {
  return (error: unknown): GraphQLError => {
    const located = error instanceof GraphQLError ? error : undefined;
    const cause = causeOf(error);
    if (cause instanceof GatewayError) return clientError(messageOf(cause, located), extensionsOf(cause), located);
    if (located !== undefined && cause === located) {
      const { code, http } = located.extensions;
      const known = SERVER_CODES.has(code) ? code : 'BAD_USER_INPUT';
      // A request that is malformed as HTTP is a 400 in either format; Yoga's `spec` would make it a 200 in plain JSON.
      const status = code === 'BAD_REQUEST' && http !== undefined ? { ...http, spec: false } : http;
      return clientError(located.message, { code: known, ...(status !== undefined && { http: status }) }, located);
    }
    onFault(cause);
    return clientError(MASKED_MESSAGE, { code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode }, located);
  };
}

/** What was thrown, below all that located it. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.cause !== undefined ? causeOf(error.cause) : error;
}

/** A variable that cannot be coerced has no path; its name is kept, its value is not repeated. */
function messageOf(cause: GatewayError, located: GraphQLError | undefined): string {
  const variable = located?.path === undefined ? /^Variable "\$\w+"/.exec(located?.message ?? '')?.[0] : undefined;
  return variable === undefined ? cause.message : `${variable}: ${cause.message}`;
}

function extensionsOf(cause: GatewayError): Record<string, unknown> {
  return cause instanceof UpstreamError ? { code: cause.code, provider: cause.provider } : { code: cause.code };
}

function clientError(
  message: string,
  extensions: Record<string, unknown>,
  located: GraphQLError | undefined,
): GraphQLError {
  return new GraphQLError(message, {
    extensions,
    ...(located?.nodes !== undefined && { nodes: located.nodes }),
    ...(located?.source !== undefined && { source: located.source }),
    ...(located?.positions !== undefined && { positions: located.positions }),
    ...(located?.path !== undefined && { path: located.path }),
  });
}
