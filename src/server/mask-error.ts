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
const UNREADABLE_MESSAGE = 'A parameter of the request is not JSON.';

/**
 * Turns any error into one that a client may see, with a code from contract.md section 'Errors'.
 *
 * A GatewayError speaks for itself. An error of GraphQL itself (syntax, validation, coercion of variables and
 * arguments) is the client's input. Everything else is a fault of ours: its message stays here, and `onFault` hears of
 * it. Among that is a result that GraphQL cannot serialize, although it is an error of GraphQL too.
 */
export function createErrorMask(onFault: (error: unknown) => void) {
  return (error: unknown): GraphQLError => {
    const located = error instanceof GraphQLError ? error : undefined;
    const cause = causeOf(error);
    if (cause instanceof GatewayError)
      return clientError(messageOf(cause, located), extensionsOf(cause), located);
    if (located !== undefined && cause instanceof GraphQLError) {
      const { code, http } = cause.extensions;
      const known = SERVER_CODES.has(code);
      if (known || cause === located || refusedInput(located) !== null) {
        // A request that is malformed as HTTP is a 400 in either format; Yoga's `spec` would make it a 200 in plain JSON.
        const status = code === 'BAD_REQUEST' && http !== undefined ? { ...http, spec: false } : http;
        const extensions = {
          code: known ? code : 'BAD_USER_INPUT',
          ...(status !== undefined && { http: status }),
        };
        return clientError(inputMessage(located), extensions, located);
      }
    }
    // Thrown outside any field: the server could not read the parameters of a GET request.
    if (located === undefined && cause instanceof SyntaxError) {
      return clientError(UNREADABLE_MESSAGE, { code: 'BAD_USER_INPUT', http: { status: 400 } }, located);
    }
    onFault(cause);
    return clientError(MASKED_MESSAGE, { code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode }, located);
  };
}

/** What was thrown, below all that located it. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.cause !== undefined ? causeOf(error.cause) : error;
}

interface RefusedInput {
  /** `Variable "$filter"`, `Argument "Query.node(id:)"`. */
  readonly name: string;
  /** Where in its value: ` at .statuses[0]`, or nothing. */
  readonly where: string;
}

/** In the words of Yoga's executor, for variables: the value comes before the place. */
const GOT_INVALID_VALUE = /^(?<name>Variable "\$(?<variable>\w+)") got invalid value /;
/** In the words of GraphQL.js. */
const HAS_INVALID_VALUE =
  /^(?<name>Variable "\$\w+"|Argument "[^"]+") has invalid value(?<where> at [^:]*)?:/;

/** The variable or argument that GraphQL could not coerce; null for any other error. */
function refusedInput({ message }: GraphQLError): RefusedInput | null {
  const got = GOT_INVALID_VALUE.exec(message)?.groups;
  if (got === undefined) {
    const has = HAS_INVALID_VALUE.exec(message)?.groups;
    return has === undefined ? null : { name: has['name'] ?? '', where: has['where'] ?? '' };
  }
  const place = new RegExp(` at "${got['variable']}((?:\\.\\w+|\\[\\d+\\])+)"; `).exec(message)?.[1];
  return { name: got['name'] ?? '', where: place === undefined ? '' : ` at ${place}` };
}

/** Of a value that cannot be coerced the place is told; GraphQL's own message would repeat the value. */
function inputMessage(located: GraphQLError): string {
  const refused = refusedInput(located);
  return refused === null ? located.message : `${refused.name} has an invalid value${refused.where}.`;
}

/** A GatewayError does not say which variable it is about. */
function messageOf(cause: GatewayError, located: GraphQLError | undefined): string {
  const refused = located === undefined ? null : refusedInput(located);
  return refused === null ? cause.message : `${refused.name}${refused.where}: ${cause.message}`;
}

function extensionsOf(cause: GatewayError): Record<string, unknown> {
  return cause instanceof UpstreamError
    ? { code: cause.code, provider: cause.provider }
    : { code: cause.code };
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
