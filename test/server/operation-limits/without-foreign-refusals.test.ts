import { describe, expect, it } from 'vitest';
import { OperationTooComplexError } from '../../../src/errors/gateway-error.ts';
import { UpstreamTimeoutError } from '../../../src/errors/upstream-error.ts';
import { withoutForeignRefusals } from '../../../src/server/operation-limits/without-foreign-refusals.ts';
import type { UpstreamRead, UpstreamReader } from '../../../src/upstream/http/upstream-client.ts';

const READ: UpstreamRead<string> = {
  operation: 'getInvoice',
  method: 'GET',
  path: '/invoices/1',
  answer: Object.assign((value: unknown): value is string => typeof value === 'string', {
    errors: null,
    fieldNames: new Set<string>(),
  }),
  signal: new AbortController().signal,
};

function readerOf(what: unknown): UpstreamReader {
  return {
    read: ({ answer }) => {
      if (what instanceof Error) return Promise.reject(what);
      return Promise.resolve(answer(what) ? what : null);
    },
  };
}

describe('a reader that shares reads', () => {
  const refused = readerOf(new OperationTooComplexError('Another operation is over its limit.'));
  const direct = readerOf('its own answer');

  it('reads anew what another operation may not read any more', async () => {
    const reader = withoutForeignRefusals(refused, direct, { isSpent: false });
    expect(await reader.read(READ)).toBe('its own answer');
  });

  it('does not for an operation that is over its own limit', async () => {
    const reader = withoutForeignRefusals(refused, direct, { isSpent: true });
    await expect(reader.read(READ)).rejects.toThrow(OperationTooComplexError);
  });

  it('shares every other failure', async () => {
    const failed = readerOf(new UpstreamTimeoutError('MAPLE', 'late'));
    const reader = withoutForeignRefusals(failed, direct, { isSpent: false });
    await expect(reader.read(READ)).rejects.toThrow(UpstreamTimeoutError);
  });

  it('is left as it is where it shares nothing', () => {
    expect(withoutForeignRefusals(direct, direct, { isSpent: false })).toBe(direct);
  });
});
