import type { Provider } from '../../provider.ts';

/** An expected failure of a mutation: a member of its result union, never a top-level error. */
export type MutationError =
  | InvalidInput
  | NotFound
  | UnsupportedByProvider
  | UpstreamRejected
  | UpstreamUnavailable
  | IdempotencyConflict
  | OutcomeUnknown;

interface Failure {
  readonly message: string;
  /** For programs. */
  readonly code: string;
}

/** The input cannot be used; nothing was sent. */
export interface InvalidInput extends Failure {
  readonly type: 'InvalidInputError';
  /** Path of the member at fault, like `charge.metronome.unitPrice`. */
  readonly field: string | null;
}

/** The object to change does not exist. */
export interface NotFound extends Failure {
  readonly type: 'NotFoundError';
}

/** The provider cannot do this at all. */
export interface UnsupportedByProvider extends Failure {
  readonly type: 'UnsupportedByProviderError';
  readonly provider: Provider;
}

/** The upstream answered and refused; nothing was changed. */
export interface UpstreamRejected extends Failure {
  readonly type: 'UpstreamRejectedError';
  readonly provider: Provider;
  /** HTTP status of the refusal. */
  readonly providerStatus: number;
}

/** Nothing reached the upstream, or it asked to come back later: safe to retry with the same key. */
export interface UpstreamUnavailable extends Failure {
  readonly type: 'UpstreamUnavailableError';
  readonly provider: Provider;
}

/** The key was used before with other input, or a request with it is still running. */
export interface IdempotencyConflict extends Failure {
  readonly type: 'IdempotencyConflictError';
}

/** The request was sent and no answer came. */
export interface OutcomeUnknown extends Failure {
  readonly type: 'OutcomeUnknownError';
  readonly provider: Provider;
  readonly idempotencyKey: string;
}
