import type { Provider } from '../../provider.ts';
import type { WriteOutcome } from '../../write/write.ts';
import type { MutationError } from './mutation-error.ts';

/** Every outcome of a write but success. */
export type FailedWrite = Exclude<WriteOutcome<unknown>, { kind: 'succeeded' }>;

/** What a mutation answers for a write that did not succeed, or is not known to have. */
export function mutationErrorOf(
  outcome: FailedWrite,
  provider: Provider,
  idempotencyKey: string,
): MutationError {
  switch (outcome.kind) {
    case 'invalid':
      return {
        type: 'InvalidInputError',
        code: 'BAD_USER_INPUT',
        message: outcome.message,
        field: outcome.field,
      };
    case 'not-found':
      return notFound();
    case 'refused':
      return outcome.status === 404 ? notFound() : refused(outcome.status, provider);
    case 'conflict':
      return {
        type: 'IdempotencyConflictError',
        code: 'IDEMPOTENCY_CONFLICT',
        message:
          outcome.reason === 'running'
            ? 'A request with this key is still running.'
            : 'This key was used before with other input.',
      };
    case 'unavailable':
      return {
        type: 'UpstreamUnavailableError',
        code: outcome.reason === 'rate-limited' ? 'UPSTREAM_RATE_LIMITED' : 'UPSTREAM_UNAVAILABLE',
        message: unavailableMessage(outcome.reason),
        provider,
      };
    case 'unknown':
      return {
        type: 'OutcomeUnknownError',
        code: 'OUTCOME_UNKNOWN',
        message:
          'Whether the provider did it is not known yet. Retry with the same key: it cannot take effect twice.',
        provider,
        idempotencyKey,
      };
  }
}

function notFound(): MutationError {
  return {
    type: 'NotFoundError',
    code: 'NOT_FOUND',
    message: 'The provider does not know this object, or one that the input names.',
  };
}

function refused(status: number, provider: Provider): MutationError {
  const isToken = status === 401 || status === 403;
  return {
    type: 'UpstreamRejectedError',
    code: isToken ? 'UPSTREAM_UNAUTHORIZED' : 'UPSTREAM_REJECTED',
    message: isToken
      ? "The provider refused the gateway's token; nothing was changed."
      : `The provider refused the request with status ${status}; nothing was changed.`,
    provider,
    providerStatus: status,
  };
}

function unavailableMessage(reason: Extract<FailedWrite, { kind: 'unavailable' }>['reason']): string {
  switch (reason) {
    case 'upstream':
      return 'The provider could not be reached; nothing was sent.';
    case 'rate-limited':
      return 'The provider asks to come back later; nothing was changed.';
    case 'records':
      return 'The store of idempotency records could not be reached; nothing was sent.';
    case 'time':
      return 'There was no time left in this request; nothing was sent.';
    case 'lane':
      return 'Another write that shows alike in the provider was not finished in time; nothing was sent.';
  }
}
