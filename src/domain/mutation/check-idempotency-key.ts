import type { InvalidInput } from './mutation-error.ts';

const VISIBLE_ASCII = /^[\x21-\x7E]{1,64}$/;

/** Null for a key that can be kept: 1 to 64 visible ASCII characters, as a header can carry them. */
export function checkIdempotencyKey(key: string): InvalidInput | null {
  if (VISIBLE_ASCII.test(key)) return null;
  return {
    type: 'InvalidInputError',
    code: 'BAD_USER_INPUT',
    message: 'idempotencyKey must be 1 to 64 visible ASCII characters.',
    field: 'idempotencyKey',
  };
}
