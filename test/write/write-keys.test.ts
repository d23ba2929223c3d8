import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, laneKey, recordKey, upstreamKey, type CallerKey } from '../../src/write/write-keys.ts';
import { scriptWrite } from './scripted-write.ts';

const CALLER_KEY: CallerKey = { account: 'account', caller: 'key:shop', idempotencyKey: 'order-7' };
const BASE64URL = /^[\w-]{43}$/;

// Few characters, so that texts often meet when they are put together.
const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '1', '\\'), maxLength: 2 });
const callerKey: fc.Arbitrary<CallerKey> = fc.record({ account: text, caller: text, idempotencyKey: text });
const { write } = scriptWrite();

describe('the key that an upstream sees', () => {
  it('is the same in every process, and after every loss of records', () => {
    expect(upstreamKey(CALLER_KEY, 1)).toBe('T8dT3LmzDxYNP1nKALCOtCFtCndJhyu2zQ8ZaXtIDIU');
    expect(recordKey(CALLER_KEY)).toBe('write:Hz7uTpk9jqO2gMl41uND5Rs6dl2W7vBfj0eB5Hmp6-w');
  });

  it('is 43 characters that fit into a header, whatever the caller gave', () => {
    fc.assert(
      fc.property(callerKey, fc.nat(), (key, generation) => {
        expect(upstreamKey(key, generation)).toMatch(BASE64URL);
      }),
    );
  });

  it('is never that of another caller, account, key or generation', () => {
    const identity = fc.tuple(callerKey, fc.nat(3));
    fc.assert(
      fc.property(identity, identity, ([a, n], [b, m]) => {
        const isSame = JSON.stringify([parts(a), n]) === JSON.stringify([parts(b), m]);
        expect(upstreamKey(a, n) === upstreamKey(b, m)).toBe(isSame);
      }),
    );
  });

  it.each<[string, CallerKey, CallerKey]>([
    ['where text moves from the caller to the key', named('a', 'bc'), named('ab', 'c')],
    ['where a caller has the name of a key', named('order', 'shop'), named('shop', 'order')],
    ['where quotes and commas look like a border', named('a","b', 'c'), named('a', 'b","c')],
    [
      'where a key ends in a digit',
      { ...CALLER_KEY, idempotencyKey: 'k1' },
      { ...CALLER_KEY, idempotencyKey: 'k' },
    ],
  ])('is another one %s', (_, a, b) => {
    expect(upstreamKey(a, 1)).not.toBe(upstreamKey(b, 11));
    expect(upstreamKey(a, 1)).not.toBe(upstreamKey(b, 1));
    expect(recordKey(a)).not.toBe(recordKey(b));
  });

  it('shows nothing of the caller', () => {
    for (const key of [upstreamKey(CALLER_KEY, 1), recordKey(CALLER_KEY)]) {
      expect(key).not.toContain('order-7');
      expect(key).not.toContain('shop');
      expect(Buffer.from(key, 'base64url').toString('latin1')).not.toContain('order-7');
    }
  });

  it('is not the name of the record', () => {
    expect(recordKey(CALLER_KEY)).toMatch(/^write:[\w-]{43}$/);
    expect(recordKey(CALLER_KEY)).not.toContain(upstreamKey(CALLER_KEY, 1));
  });
});

describe('the name of a record', () => {
  it('is that of one caller, account and key alone', () => {
    fc.assert(
      fc.property(callerKey, callerKey, (a, b) => {
        expect(recordKey(a) === recordKey(b)).toBe(JSON.stringify(parts(a)) === JSON.stringify(parts(b)));
      }),
    );
  });
});

describe('the name of a lane', () => {
  it('is that of one account, provider and lane alone', () => {
    const names = [
      laneKey('account', 'METRONOME', 'things'),
      laneKey('account', 'MAPLE', 'things'),
      laneKey('account', 'METRONOME', 'other things'),
      laneKey('another', 'METRONOME', 'things'),
    ];
    expect(new Set(names).size).toBe(4);
    expect(laneKey('account', 'METRONOME', 'things')).toBe(names[0]);
    expect(names[0]).toMatch(/^lane:[\w-]{43}$/);
  });
});

describe('a fingerprint', () => {
  it('is the same for the same request, whatever the order of its members', () => {
    expect(fingerprint({ ...write, request: { b: 'x', a: 'y' } })).toBe(
      fingerprint({ ...write, request: { a: 'y', b: 'x' } }),
    );
  });

  it('differs by provider, operation and request', () => {
    const prints = [
      fingerprint(write),
      fingerprint({ ...write, provider: 'MAPLE' }),
      fingerprint({ ...write, operation: 'another' }),
      fingerprint({ ...write, request: { thing: 'other' } }),
      fingerprint({ ...write, request: { thing: JSON.rawJSON('1') } }),
      fingerprint({ ...write, request: { thing: '1' } }),
      fingerprint({ ...write, request: { thing: JSON.rawJSON('1.0000000000000001') } }),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('does not depend on the lane, which is no part of the input', () => {
    expect(fingerprint({ ...write, lane: 'another' })).toBe(fingerprint(write));
  });
});

function named(caller: string, idempotencyKey: string): CallerKey {
  return { account: 'account', caller, idempotencyKey };
}

function parts({ account, caller, idempotencyKey }: CallerKey): readonly string[] {
  return [account, caller, idempotencyKey];
}
