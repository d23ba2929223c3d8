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

/** The failure that an HTTP status other than 200 and 404 stands for. */
export function statusError(provider: Provider, status: number): UpstreamError {
  if (status === 401 || status === 403) {
    return new UpstreamUnauthorizedError(provider, "The provider refused the gateway's token.");
  }
  if (status === 429) return new UpstreamRateLimitedError(provider, 'The provider asks to come back later.');
  if (status >= 500) return new UpstreamUnavailableError(provider, `The provider failed with status ${status}.`);
  if (status >= 400) return new UpstreamRejectedError(provider, `The provider refused the request with status ${status}.`, status);
  // Redirects are not followed: the token must not travel to another address.
  return new UpstreamInvalidResponseError(provider, `The provider answered with the unexpected status ${status}.`);
}

/**
 * The failure that an error of the network stands for, without its message, which can hold addresses. Null for an
 * error that is none of the network's: a fault of ours, to be seen as one.
 */
export function networkFailure(provider: Provider, error: unknown): UpstreamError | null {
  if (error instanceof UpstreamError) return error;
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (error.name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new UpstreamTimeoutError(provider, 'The provider did not answer in time.', { cause: error });
  }
  if (code === undefined && error.name !== 'AbortError') return null;
  return new UpstreamUnavailableError(provider, 'The provider could not be reached, or broke off.', { cause: error });
}
