import { describe, expect, it } from 'vitest';
import { checkIdempotencyKey } from '../../../src/domain/mutation/check-idempotency-key.ts';

const VISIBLE = Array.from({ length: 0x7e - 0x21 + 1 }, (_, place) => String.fromCharCode(0x21 + place)).join(
  '',
);

describe('an idempotency key', () => {
  it.each(['a', 'order-7', VISIBLE.slice(0, 64), VISIBLE.slice(-64), 'x'.repeat(64)])('may be %s', (key) => {
    expect(checkIdempotencyKey(key)).toBeNull();
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(65)],
    ['a blank', ' '],
    ['text with a blank in it', 'order 7'],
    ['text with a blank behind it', 'order-7 '],
    ['two lines', 'order\n7'],
    ['text with a line break behind it', 'order-7\n'],
    ['text with a tab', 'order\t7'],
    ['text with a control character', 'order\u007F'],
    ['beyond ASCII', 'größe'],
    ['an emoji', '🔑'],
  ])('must not be %s', (_, key) => {
    expect(checkIdempotencyKey(key)).toEqual({
      type: 'InvalidInputError',
      code: 'BAD_USER_INPUT',
      message: 'idempotencyKey must be 1 to 64 visible ASCII characters.',
      field: 'idempotencyKey',
    });
  });
});
