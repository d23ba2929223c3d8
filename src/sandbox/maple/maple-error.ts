import type { SandboxAnswer } from '../http/start-http-server.ts';

/** Kinds of errors (maple.md section 1.5). */
export type MapleErrorType = 'request_error' | 'validation_error' | 'auth_error' | 'idempotency_error';

/** One fault of the input; its shape is a guess, the reference does not show any. */
export interface ValidationProblem {
  readonly field: string;
  readonly message: string;
}

/** A refusal that the sandbox answers with. */
export class MapleError extends Error {
  readonly status: number;
  readonly type: MapleErrorType;
  readonly problems: readonly ValidationProblem[] | undefined;

  constructor(
    status: number,
    type: MapleErrorType,
    message: string,
    problems?: readonly ValidationProblem[],
  ) {
    super(message);
    this.name = 'MapleError';
    this.status = status;
    this.type = type;
    this.problems = problems;
  }
}

/** 400 for a request that is understood and refused. */
export function refused(message: string): MapleError {
  return new MapleError(400, 'request_error', message);
}

/** 400 that names every faulty member. */
export function invalid(problems: readonly ValidationProblem[]): MapleError {
  return new MapleError(400, 'validation_error', 'Validation failed', problems);
}

/** 404 for a resource that does not exist. */
export function notFound(resource: string): MapleError {
  return new MapleError(404, 'request_error', `${resource} not found`);
}

/** The documented error body. `error_code` is the type in upper case: its values are not documented. */
export function errorAnswer(error: MapleError): SandboxAnswer {
  return {
    status: error.status,
    body: {
      error_message: error.message,
      error_type: error.type,
      error_code: error.type.toUpperCase(),
      error_status: error.status,
      validation_errors: error.problems,
    },
  };
}
