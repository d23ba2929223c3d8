import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema.ts';
import { deferRule, MAX_DEFERRED } from '../../../src/server/incremental-delivery/defer-rule.ts';

function codes(query: string): unknown[] {
  return validate(schema, parse(query), [deferRule()]).map(({ extensions }) => extensions['code']);
}

const deferred = (count: number): string => '... @defer { name } '.repeat(count);
const account = (selection: string): string => `{ account(identifier: "a") { ${selection} } }`;
const TOO_COMPLEX = ['OPERATION_TOO_COMPLEX'];

describe('how much an operation may defer', () => {
  it.each([0, 1, MAX_DEFERRED])('is %i fragments', (count) => {
    expect(codes(account(`id ${deferred(count)}`))).toEqual([]);
  });

  it.each([
    ['side by side', account(deferred(MAX_DEFERRED + 1))],
    ['with a condition', account('... @defer(if: false) { name } '.repeat(MAX_DEFERRED + 1))],
    [
      'inside each other',
      account(`${'... @defer { '.repeat(MAX_DEFERRED + 1)} name ${'}'.repeat(MAX_DEFERRED + 1)}`),
    ],
    [
      'by spreads of one fragment',
      `${account('...F @defer '.repeat(MAX_DEFERRED + 1))} fragment F on Account { name }`,
    ],
    [
      'in a fragment that is spread twice',
      `${account('...F ...F')} fragment F on Account { ${deferred(MAX_DEFERRED / 2 + 1)} }`,
    ],
  ])('is no more, %s', (_how, query) => {
    expect(codes(query)).toEqual(TOO_COMPLEX);
  });

  it('is counted at once where fragments double it at every level', () => {
    const fragments = Array.from(
      { length: 200 },
      (_, level) => `fragment F${level} on Account { ...F${level + 1} @defer ...F${level + 1} @defer }`,
    );
    const query = `${account('...F0')} ${fragments.join(' ')} fragment F200 on Account { name }`;
    expect(codes(query)).toEqual(TOO_COMPLEX);
  });

  it('is counted for each operation by itself', () => {
    const half = MAX_DEFERRED / 2 + 1;
    const query = `query A ${account(deferred(half))} query B ${account(deferred(half))}`;
    expect(codes(query)).toEqual([]);
  });

  it('ends for fragments that go round', () => {
    expect(codes(`${account('...F')} fragment F on Account { ...F @defer }`)).toEqual([]);
  });

  it('is nothing in a mutation, whose reads have to come before its next write', () => {
    const query = `mutation M($input: VoidInvoiceInput!) {
      voidInvoice(input: $input) { ... on VoidInvoiceSuccess { ... @defer { invoice { id } } } }
    }`;
    expect(codes(query)).toEqual(['BAD_USER_INPUT']);
    expect(codes(query.replace('@defer', ''))).toEqual([]);
  });
});
