import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCursorCodec, type CursorBinding } from '../../src/connection/cursor.ts';
import { END, fingerprint, START, type Position } from '../../src/connection/position.ts';
import { InvalidCursorError } from '../../src/errors/gateway-error.ts';

const KEY = 'a key for the tests';
const BINDING: CursorBinding = [
  'customer.invoices',
  'customer-1',
  ['OPEN', 'PAID'],
  null,
  ['METRONOME', 'MAPLE'],
];

const prints = fc.array(fc.string().map(fingerprint), { maxLength: 4 });
const position: fc.Arbitrary<Position> = fc.oneof(
  fc.constantFrom<Position>(START, END),
  fc.record({
    kind: fc.constant('after' as const),
    token: fc.option(fc.string({ unit: 'binary' })),
    limit: fc.integer({ min: 1, max: 100 }),
    place: fc.nat({ max: 99 }),
    anchor: fc.string().map(fingerprint),
    before: prints,
    after: prints,
  }),
);

const POSITIONS: readonly Position[] = [
  {
    kind: 'after',
    token: 'upstream-token',
    limit: 20,
    place: 1,
    anchor: fingerprint('b'),
    before: [fingerprint('a')],
    after: [],
  },
  END,
];
const codec = createCursorCodec(KEY);
const cursor = codec.encode(BINDING, POSITIONS);

describe('a cursor', () => {
  it('gives back every position, in another process with the same key', () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 4 }), (positions) => {
        const text = codec.encode(BINDING, positions);
        expect(text).toMatch(/^[\w-]+$/);
        expect(createCursorCodec(KEY).decode(BINDING, text)).toEqual(positions);
      }),
    );
  });

  it.each<readonly [string, CursorBinding]>([
    ['connection', ['customer.plans', 'customer-1', ['OPEN', 'PAID'], null, ['METRONOME', 'MAPLE']]],
    ['parent', ['customer.invoices', 'customer-2', ['OPEN', 'PAID'], null, ['METRONOME', 'MAPLE']]],
    ['filter', ['customer.invoices', 'customer-1', ['OPEN'], null, ['METRONOME', 'MAPLE']]],
    [
      'filter that is set',
      ['customer.invoices', 'customer-1', ['OPEN', 'PAID'], 'null', ['METRONOME', 'MAPLE']],
    ],
    ['set of streams', ['customer.invoices', 'customer-1', ['OPEN', 'PAID'], null, ['MAPLE']]],
    [
      'way to cut the same words',
      ['customer.invoices', 'customer-1', ['OPEN,PAID'], null, ['METRONOME', 'MAPLE']],
    ],
  ])('is refused for another %s', (_what, binding) => {
    expect(() => codec.decode(binding, cursor)).toThrow(InvalidCursorError);
  });

  it('is refused under another key', () => {
    expect(() => createCursorCodec(`${KEY}!`).decode(BINDING, cursor)).toThrow(InvalidCursorError);
  });

  it('is refused when any byte of it is changed', () => {
    const bytes = Buffer.from(cursor, 'base64url');
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => codec.decode(BINDING, changed.toString('base64url'))).toThrow(InvalidCursorError);
    }
  });

  it('is refused when it is cut anywhere, or longer', () => {
    for (let length = 0; length < cursor.length; length += 1) {
      expect(() => codec.decode(BINDING, cursor.slice(0, length))).toThrow(InvalidCursorError);
    }
    expect(() => codec.decode(BINDING, `${cursor}A`)).toThrow(InvalidCursorError);
  });

  it.each([
    ['empty', ''],
    ['white space', ' '],
    ['with a space before it', ` ${cursor}`],
    ['with a line end behind it', `${cursor}\n`],
    ['padded', `${cursor}=`],
    ['twice', cursor + cursor],
    ['a number', '1'],
    ['JSON', '[0]'],
    ['plain base64 of JSON', Buffer.from('[0,0]').toString('base64')],
    ['not base64 at all', '%%%'],
    ['Unicode', '\u{1F600}\u0000'],
    ['a lone surrogate', '\uD800'],
  ])('is refused when it is %s', (_what, text) => {
    expect(() => codec.decode(BINDING, text)).toThrow(InvalidCursorError);
  });

  it('is refused in the other base64 alphabet', () => {
    const texts = Array.from({ length: 50 }, (_, limit) => codec.encode([limit], [START]));
    const special = texts.findIndex((text) => /[-_]/.test(text));
    expect(special).not.toBe(-1);
    const other = texts[special]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    expect(() => codec.decode([special], other)).toThrow(InvalidCursorError);
  });

  it('shows no upstream id', () => {
    const text = Buffer.from(codec.encode(BINDING, POSITIONS), 'base64url').toString('latin1');
    expect(text).not.toContain('customer-1');
  });

  it('never takes one text for another', () => {
    fc.assert(
      fc.property(fc.string(), fc.base64String(), (text, base64) => {
        for (const foreign of [text, base64, base64.replace(/=+$/, '')]) {
          expect(() => codec.decode(BINDING, foreign)).toThrow(InvalidCursorError);
        }
      }),
    );
  });
});
