import type { ErrorCode } from './error-code.ts';

/**
 * A failure that a client may read: its message holds no token, header, upstream URL or upstream body.
 * Every other error is masked as INTERNAL_SERVER_ERROR before it leaves the process.
 */
export abstract class GatewayError extends Error {
  abstract readonly code: ErrorCode;
}

/** An argument or variable that the gateway refuses before any upstream call. */
export class BadUserInputError extends GatewayError {
  override readonly name = 'BadUserInputError';
  readonly code = 'BAD_USER_INPUT';
}

/** A cursor that this connection, with this parent and this filter, never gave out. */
export class InvalidCursorError extends GatewayError {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';

  constructor() {
    super('This cursor does not belong to this connection with these arguments.');
  }
}

/** A cursor whose place in the upstream list is gone: going on would hide or repeat items. */
export class CursorExpiredError extends GatewayError {
  override readonly name = 'CursorExpiredError';
  readonly code = 'CURSOR_EXPIRED';

  constructor() {
    super('The list has changed around this cursor: start again from the first page.');
  }
}

/** An operation that asks for more than one may, before or while it is executed. */
export class OperationTooComplexError extends GatewayError {
  override readonly name = 'OperationTooComplexError';
  readonly code = 'OPERATION_TOO_COMPLEX';
}
