import type { Provider } from '../provider.ts';
import type { ErrorCode } from './error-code.ts';
import { GatewayError } from './gateway-error.ts';

/** What else is known of a failure. */
export interface UpstreamErrorOptions extends ErrorOptions {
  /** How long the provider asks to be left alone, in milliseconds; null where it does not say. */
  readonly retryAfterMs?: number | null;
}

/** A provider did not give what was asked of it. Thrown by everything below `src/upstream`. */
export abstract class UpstreamError extends GatewayError {
  abstract override readonly code: ErrorCode;
  /** Whether the same read may work later without any change by the caller. */
  abstract readonly retryable: boolean;
  readonly provider: Provider;
  /** How long the provider asks to be left alone, in milliseconds; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(provider: Provider, message: string, options: UpstreamErrorOptions = {}) {
    super(message, options);
    this.provider = provider;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** No connection, a broken one, or a 5xx answer. */
export class UpstreamUnavailableError extends UpstreamError {
  override readonly name = 'UpstreamUnavailableError';
  readonly code = 'UPSTREAM_UNAVAILABLE';
  readonly retryable = true;
}

/** No complete answer within the attempt's or the request's deadline. */
export class UpstreamTimeoutError extends UpstreamError {
  override readonly name = 'UpstreamTimeoutError';
  readonly code = 'UPSTREAM_TIMEOUT';
  readonly retryable = true;
}

/** The provider answered 429. */
export class UpstreamRateLimitedError extends UpstreamError {
  override readonly name = 'UpstreamRateLimitedError';
  readonly code = 'UPSTREAM_RATE_LIMITED';
  readonly retryable = true;
}

/** The provider refused the gateway's own token: 401 or 403. */
export class UpstreamUnauthorizedError extends UpstreamError {
  override readonly name = 'UpstreamUnauthorizedError';
  readonly code = 'UPSTREAM_UNAUTHORIZED';
  readonly retryable = false;
  /** HTTP status of the refusal. */
  readonly status: number;

  constructor(provider: Provider, message: string, status: number) {
    super(provider, message);
    this.status = status;
  }
}

/** The provider understood the request and refused it with every other 4xx. */
export class UpstreamRejectedError extends UpstreamError {
  override readonly name = 'UpstreamRejectedError';
  readonly code = 'UPSTREAM_REJECTED';
  readonly retryable = false;
  /** HTTP status of the refusal. */
  readonly status: number;

  constructor(provider: Provider, message: string, status: number) {
    super(provider, message);
    this.status = status;
  }
}

/** The provider does not know the parent object of a list: 404 where a list was asked. */
export class UpstreamNotFoundError extends UpstreamError {
  override readonly name = 'UpstreamNotFoundError';
  readonly code = 'NOT_FOUND';
  readonly retryable = false;
}

/** The provider answered with something that its reference does not allow. */
export class UpstreamInvalidResponseError extends UpstreamError {
  override readonly name = 'UpstreamInvalidResponseError';
  readonly code = 'UPSTREAM_INVALID_RESPONSE';
  readonly retryable = false;
}
