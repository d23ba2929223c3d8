import type { ErrorCode } from '../errors/error-code.ts';

/** The body of an answer to a request that nothing was done for, since there is too much to do. */
export function overloadedBody(message: string): string {
  const code: ErrorCode = 'OVERLOADED';
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}
