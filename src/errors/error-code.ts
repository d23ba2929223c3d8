/** Every `extensions.code` that a client can meet, as contract.md section 'Errors' lists them. */
export const ERROR_CODES = [
  'BAD_USER_INPUT',
  'INVALID_CURSOR',
  'CURSOR_EXPIRED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_UNAUTHORIZED',
  'UPSTREAM_REJECTED',
  'UPSTREAM_INVALID_RESPONSE',
  'OPERATION_TOO_COMPLEX',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_ONLY',
  'OVERLOADED',
  'INTERNAL_SERVER_ERROR',
] as const;

/** One of them. */
export type ErrorCode = (typeof ERROR_CODES)[number];

const KNOWN: ReadonlySet<unknown> = new Set(ERROR_CODES);

/** Whether a value is a code of the contract. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return KNOWN.has(value);
}
