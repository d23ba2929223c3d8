import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeRecord, encodeRecord, newRecord, type WriteRecord } from '../../src/write/write-record.ts';
import { leaseUntil } from '../../src/write/lease.ts';

const count = fc.maxSafeNat();
const optionalCount = fc.option(count);
const texts = fc.array(fc.string());
const record: fc.Arbitrary<WriteRecord> = fc.oneof(
  fc.record({
    state: fc.constant('open' as const),
    fingerprint: fc.string(),
    lease: fc.option(fc.record({ host: fc.string(), pid: count, process: fc.string(), untilMs: count })),
    before: fc.option(texts, { nil: undefined }),
    generation: count,
    sentAtMs: optionalCount,
    doubtAtMs: optionalCount,
    answers: count,
    onlyConflicts: fc.boolean(),
  }),
  fc.record({ state: fc.constant('succeeded' as const), fingerprint: fc.string(), effect: texts }),
  fc.record({ state: fc.constant('refused' as const), fingerprint: fc.string(), status: count }),
);

describe('a record', () => {
  it('is the same after it was kept', () => {
    fc.assert(
      fc.property(record, (written) => {
        expect(decodeRecord(encodeRecord(written))).toEqual(written);
      }),
    );
  });

  it('of a new key says that nothing was sent or looked up yet, also after it was kept', () => {
    const written = newRecord('print', leaseUntil(5));
    expect(written).toEqual({
      state: 'open',
      fingerprint: 'print',
      lease: leaseUntil(5),
      generation: 1,
      sentAtMs: null,
      doubtAtMs: null,
      answers: 0,
      onlyConflicts: true,
    });
    expect(decodeRecord(encodeRecord(written))).toStrictEqual(written);
  });

  it.each(['{}', '{"state":"done"}', '{"state":"succeeded","fingerprint":"f"}', '[]', 'null'])(
    'is not read out of %s',
    (text) => {
      expect(() => decodeRecord(text)).toThrow(z.ZodError);
    },
  );

  it('is not read out of a text that is no JSON', () => {
    expect(() => decodeRecord('{')).toThrow(SyntaxError);
  });
});
