import errors from 'undici/lib/core/errors.js';
import type { Attempt } from '../../write/write.ts';

/**
 * What a status other than a success says about a write. Only what the upstream itself cannot have acted on is a refusal:
 * 408, 409, 425 and every 5xx can come from something in between while the upstream works on, or repeat what it keeps for
 * the idempotency key (metronome.md section 1.6, maple.md section 1.4).
 *
 * @param isPage whether the answer is a web page, which comes from something in between
 */
export function attemptOfStatus(status: number, isPage: boolean): Attempt<never> {
  if (status === 429) return { kind: 'rate-limited' };
  if (isPage) return { kind: 'unclear', answer: 'failure' };
  if (status === 401 || status === 403) return { kind: 'unauthorized', status };
  if (status === 409) return { kind: 'unclear', answer: 'conflict' };
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 425;
  return isRefusal ? { kind: 'refused', status } : { kind: 'unclear', answer: 'failure' };
}

/** What an error of the network says about a write: nothing was sent only where no connection came about. */
export function attemptOfError(error: unknown): Attempt<never> {
  return isConnectFailure(error) ? { kind: 'not-sent' } : { kind: 'unclear', answer: 'none' };
}

function isConnectFailure(error: unknown): boolean {
  if (error instanceof errors.ConnectTimeoutError) return true;
  // One error per address, where a name has several.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isConnectFailure);
  return (
    error instanceof Error &&
    'syscall' in error &&
    (error.syscall === 'connect' || error.syscall === 'getaddrinfo')
  );
}
