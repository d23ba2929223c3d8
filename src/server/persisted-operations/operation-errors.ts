import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../errors/error-code.ts';

/**
 * The id is not known: message and code are what Apollo's and urql's clients look for before they send the document.
 * 404, which becomes 200 where the answer is plain `application/json`: those clients read no other.
 */
export function persistedQueryNotFound(): GraphQLError {
  return refused('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND', { status: 404, spec: true });
}

/** No id is known, now or later: the message on which Apollo's and urql's clients stop sending hashes. */
export function persistedQueryNotSupported(): GraphQLError {
  return refused('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_FOUND', { status: 404, spec: true });
}

/** Only operations of the manifests are executed; 400, or 200 in plain `application/json`, as for an invalid one. */
export function persistedQueryOnly(): GraphQLError {
  return refused('Only persisted operations are executed: send the id of one.', 'PERSISTED_QUERY_ONLY', {
    status: 400,
    spec: true,
  });
}

/** The request itself is malformed: 400 in either format, as the server answers to other malformed parameters. */
export function badOperationId(message: string): GraphQLError {
  return refused(message, 'BAD_USER_INPUT', { status: 400, spec: false });
}

function refused(
  message: string,
  code: ErrorCode,
  http: { readonly status: number; readonly spec: boolean },
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http } });
}
