import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNodeId, encodeNodeId, isUpstreamId, upstreamParts, type NodeType } from '../src/node-id.ts';
import { HOSTILE_IDS } from './support/hostile-ids.ts';

/** Any text as a global id would carry it. */
function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const upstreamId = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter(isUpstreamId),
);
const provider = fc.constantFrom('METRONOME', 'MAPLE');
const IDS: readonly (readonly [NodeType, number])[] = [
  ['Customer', 1],
  ['Plan', 2],
  ['PlanCharge', 3],
  ['OneTimeCharge', 2],
  ['OneTimeCharge', 4],
  ['Invoice', 2],
];

describe('a global id', () => {
  it.each(IDS)('of a %s carries its provider and %i upstream ids', (type, count) => {
    fc.assert(
      fc.property(provider, fc.array(upstreamId, { minLength: count, maxLength: count }), (from, ids) => {
        const id = encodeNodeId(type, from, ...ids);
        expect(id).toMatch(/^[\w-]+$/);
        const key = decodeNodeId(id);
        expect(key).toEqual({ type, parts: [from, ...ids] });
        expect(key === null ? null : upstreamParts(key)).toEqual({ provider: from, ids });
      }),
    );
  });

  it('of an Account carries any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (identifier) => {
        const key = decodeNodeId(encodeNodeId('Account', identifier));
        expect(key).toEqual({ type: 'Account', parts: [identifier] });
        expect(key === null ? undefined : upstreamParts(key)).toBeNull();
      }),
    );
  });

  it('stays what it is', () => {
    expect(encodeNodeId('Customer', 'METRONOME', 'customer-1')).toBe(
      'Q3VzdG9tZXI6TUVUUk9OT01FOmN1c3RvbWVyLTE',
    );
    expect(encodeNodeId('Account', 'a:b/c')).toBe('QWNjb3VudDphJTNBYiUyRmM');
  });

  it('is different for different objects', () => {
    const ids = [
      encodeNodeId('Invoice', 'MAPLE', 'a', 'b'),
      encodeNodeId('Invoice', 'MAPLE', 'b', 'a'),
      encodeNodeId('Invoice', 'METRONOME', 'a', 'b'),
      encodeNodeId('Plan', 'MAPLE', 'a', 'b'),
      encodeNodeId('Invoice', 'MAPLE', 'a:b', ''),
      encodeNodeId('Invoice', 'MAPLE', 'a', ':b'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['empty', ''],
    ['no base64', '%%%'],
    ['white space', '  '],
    ['a plain upstream id', 'customer-1'],
    ['a type alone', base64url('Customer')],
    ['a type that is not', base64url('Ghost:MAPLE:a')],
    ['a type in lower case', base64url('customer:MAPLE:a')],
    ['of a provider that is not', base64url('Customer:STRIPE:a')],
    ['of a provider in lower case', base64url('Customer:maple:a')],
    ['short of an upstream id', base64url('Customer:MAPLE')],
    ['long of an upstream id', base64url('Customer:MAPLE:a:b')],
    ['one-time charge of three ids', base64url('OneTimeCharge:MAPLE:a:b:c')],
    ['of an account without identifier', base64url('Account:')],
    ['of an account with two identifiers', base64url('Account:a:b')],
    ['an inherited member, constructor', base64url('constructor:MAPLE:a')],
    ['an inherited member, toString', base64url('toString:METRONOME:a')],
    ['an inherited member, __proto__', base64url('__proto__:MAPLE:a')],
    ['escaped where nothing needs it', base64url('Customer:MAPLE:%61')],
    ['escaped in lower case', base64url('Account:a%2fb')],
    ['not escaped where it must be', base64url('Account:a/b')],
    ['wrongly escaped', base64url('Account:%')],
    ['escaped to no UTF-8', base64url('Account:%ff')],
    ['with a space before it', ` ${base64url('Customer:MAPLE:a')}`],
    ['with a line end behind it', `${base64url('Customer:MAPLE:a')}\n`],
    ['with a byte order mark', base64url('\uFEFFCustomer:MAPLE:a')],
    ['not UTF-8', Buffer.from([0x43, 0xff, 0xfe]).toString('base64url')],
    ['a lone surrogate', '\uD800'],
  ])('is refused when it is %s', (_what, id) => {
    expect(decodeNodeId(id)).toBeNull();
  });

  it('is refused in any other base64 than its own', () => {
    const id = encodeNodeId('Account', 'ÿ>?');
    const padded = Buffer.from(id, 'base64url').toString('base64');
    for (const other of [padded, `${id}=`, `${id}A`, id.slice(0, -1), `${id.slice(0, 4)} ${id.slice(4)}`]) {
      expect([other, other === id ? null : decodeNodeId(other)]).toEqual([other, null]);
    }
    // The last character of these bytes has four bits that count for nothing.
    const loose = encodeNodeId('Customer', 'MAPLE', 'abcd');
    expect(loose.length % 4).toBe(2);
    const last = String.fromCodePoint((loose.codePointAt(loose.length - 1) ?? 0) + 1);
    expect(Buffer.from(loose.slice(0, -1) + last, 'base64url').toString()).toBe('Customer:MAPLE:abcd');
    expect(decodeNodeId(loose.slice(0, -1) + last)).toBeNull();
  });

  it.each(HOSTILE_IDS.map((id) => [JSON.stringify(id).slice(0, 40), id]))(
    'is refused around the hostile id %s',
    (_shown, id) => {
      expect(isUpstreamId(id)).toBe(false);
      const escaped = id.isWellFormed() ? encodeURIComponent(id) : id;
      for (const text of [
        `Customer:MAPLE:${escaped}`,
        `Invoice:METRONOME:a:${escaped}`,
        `Plan:MAPLE:${escaped}:b`,
      ]) {
        expect(decodeNodeId(base64url(text))).toBeNull();
      }
    },
  );

  it('never decodes what it does not encode', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string().map(base64url)), (id) => {
        const key = decodeNodeId(id);
        expect(key === null ? id : encodeNodeId(key.type, ...key.parts)).toBe(id);
      }),
    );
  });
});

describe('an upstream id', () => {
  it.each([
    'a',
    '0',
    'cus_1',
    'a-b.c~d',
    '...',
    'x'.repeat(200),
    '6f1c2a9e-0000-4000-8000-000000000001',
    'a:b',
    'é',
    '漢字',
    '😀',
    "a'b(c)*!",
    'a+b=c&d@e$',
  ])('may be %s', (id) => {
    expect(isUpstreamId(id)).toBe(true);
  });

  it('is hostile in at least forty ways', () => {
    expect(new Set(HOSTILE_IDS).size).toBeGreaterThanOrEqual(40);
  });
});
