import errors from 'undici/lib/core/errors.js';
import { GatewayError } from '../../errors/gateway-error.ts';
import {
  UpstreamError,
  UpstreamInvalidResponseError,
  UpstreamRateLimitedError,
  UpstreamRejectedError,
  UpstreamTimeoutError,
  UpstreamUnauthorizedError,
  UpstreamUnavailableError,
} from '../../errors/upstream-error.ts';
import type { Provider } from '../../provider.ts';
import { retryAfterMs } from './retry-after.ts';

/**
 * The failure that an HTTP status other than 200 and 404 stands for.
 *
 * @param retryAfter the answer's header `Retry-After`
 */
export function statusError(
  provider: Provider,
  status: number,
  retryAfter?: string | string[],
): UpstreamError {
  if (status === 401 || status === 403) {
    return new UpstreamUnauthorizedError(provider, "The provider refused the gateway's token.", status);
  }
  const options = { retryAfterMs: retryAfterMs(retryAfter) };
  if (status === 429)
    return new UpstreamRateLimitedError(provider, 'The provider asks to come back later.', options);
  if (status >= 500)
    return new UpstreamUnavailableError(provider, `The provider failed with status ${status}.`, options);
  if (status === 404)
    return new UpstreamInvalidResponseError(provider, 'The provider answered 404 with a web page.');
  if (status >= 400)
    return new UpstreamRejectedError(
      provider,
      `The provider refused the request with status ${status}.`,
      status,
    );
  // Redirects are not followed: the token must not travel to another address.
  return new UpstreamInvalidResponseError(
    provider,
    `The provider answered with the unexpected status ${status}.`,
  );
}

/**
 * The failure of a read that its caller has ended.
 *
 * @param caller has aborted, with any reason at all
 */
export function endedError(provider: Provider, caller: AbortSignal): UpstreamError {
  return isTimeout(caller.reason)
    ? new UpstreamTimeoutError(provider, 'The provider did not answer in time.', { cause: caller.reason })
    : new UpstreamUnavailableError(provider, 'The request ended before the provider answered.');
}

/**
 * The failure that an error of a read stands for, without its message, which can hold addresses. Null for an error that
 * is none of the network's: a fault of ours, to be seen as one.
 *
 * @param caller the caller's own signal, which may end a read with any reason at all
 */
export function failureOf(provider: Provider, error: unknown, caller: AbortSignal): UpstreamError | null {
  if (error instanceof UpstreamError) return error;
  // Of the operation that reads, such as a limit that it has come to.
  if (error instanceof GatewayError) return null;
  if (caller.aborted && error === caller.reason) return endedError(provider, caller);
  if (isTimeout(error))
    return new UpstreamTimeoutError(provider, 'The provider did not answer in time.', { cause: error });
  if (error instanceof errors.HTTPParserError) {
    // Without its cause, which holds the text that is no HTTP.
    return new UpstreamInvalidResponseError(
      provider,
      'The provider answered with something that is not HTTP.',
    );
  }
  if (!isNetworkError(error)) return null;
  return new UpstreamUnavailableError(provider, 'The provider could not be reached, or broke off.', {
    cause: error,
  });
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof errors.ConnectTimeoutError || (error instanceof Error && error.name === 'TimeoutError')
  );
}

function isNetworkError(error: unknown): boolean {
  if (error instanceof errors.UndiciError) return !(error instanceof errors.InvalidArgumentError);
  if (!(error instanceof Error) || error instanceof TypeError) return false;
  return error.name === 'AbortError' || ('code' in error && typeof error.code === 'string');
}
