import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCursorCodec } from '../../../src/connection/cursor.ts';
import { encodeNodeId } from '../../../src/node-id.ts';
import { OperationTooComplexError } from '../../../src/errors/gateway-error.ts';
import { boundOf } from '../../support/bound-of.ts';

const JUNE = '(from: "2026-06-01T00:00:00Z", to: "2026-06-11T00:00:00Z")';
const CUSTOMER = encodeNodeId('Customer', 'METRONOME', '2da8793f-96ad-5892-a9b3-c903c5461191');
const INVOICE = encodeNodeId('Invoice', 'MAPLE', 'cus_1', 'inv_1');

function callsOf(query: string, variables?: Readonly<Record<string, unknown>>): number {
  return boundOf(query, variables).upstreamCalls;
}

describe('the upstream calls of an operation', () => {
  it.each([
    ['a page of both systems', '{ customers { nodes { id } } }', 2],
    ['a page of one', '{ customers(filter: { providers: [MAPLE] }) { nodes { id } } }', 1],
    ['a page that is empty', '{ customers(first: 0) { nodes { id } } }', 0],
    ['what follows an empty page', '{ customers(first: 0) { pageInfo { hasNextPage } } }', 2],
    ['a page of a hundred', '{ customers(first: 100) { nodes { id } } }', 2],
    ['a row more than a page holds', '{ customers(first: 100) { pageInfo { hasNextPage } } }', 4],
    ['the catalogue, which is three lists', '{ plans { nodes { id } } }', 3],
    [
      'plans of the catalogue down to their minimums',
      '{ plans(first: 9) { nodes { minimums { name } } } }',
      12,
    ],
    ['an account', '{ account(identifier: "a") { name } }', 3],
    ['the customers of an account', '{ account(identifier: "a") { customers { email } } }', 3],
    ['lists below each customer', '{ customers(first: 9) { nodes { invoices { nodes { id } } } } }', 11],
    [
      'lists below both customers of an account',
      '{ account(identifier: "a") { customers { invoices { nodes { id } } } } }',
      5,
    ],
    ['the accounts of customers', '{ customers(first: 9) { nodes { account { name } } } }', 20],
    ['the ids of the accounts of customers', '{ customers(first: 9) { nodes { account { id } } } }', 2],
    [
      'upcoming invoices',
      `{ customers(first: 9, filter: { providers: [MAPLE] }) { nodes { costs${JUNE} { nodes { to } } } } }`,
      100,
    ],
    ['a sum of costs', `{ account(identifier: "a") { costTotals${JUNE} { amount } } }`, 3 + 2 + 11],
    ['how the systems are', '{ providers { status } }', 2],
    ['what is known without them', '{ providers { sandbox } }', 0],
    ['one-time charges', '{ account(identifier: "a") { charges { nodes { name } } } }', 3 + 2 + 50],
    ['the lines of an invoice', `{ invoice(id: "${INVOICE}") { lineItems { nodes { name } } } }`, 1],
    ['the plan of a Maple invoice', `{ invoice(id: "${INVOICE}") { plan { name } } }`, 3],
    ['the customer of an invoice', `{ invoice(id: "${INVOICE}") { customer { name } } }`, 2],
    ['of a customer no more than its invoice tells', `{ invoice(id: "${INVOICE}") { customer { id } } }`, 1],
    ['an id of another type', `{ customer(id: "${INVOICE}") { name } }`, 0],
    ['a cursor that is none', '{ customers(after: "abc") { nodes { id } } }', 0],
    [
      'a write',
      `mutation { voidInvoice(input: { idempotencyKey: "k", invoiceId: "${INVOICE}" }) { __typename } }`,
      21,
    ],
  ])('are counted for %s', (_what, query, calls) => {
    expect(callsOf(query)).toBe(calls);
  });

  it('count a customer that many objects refer to once', () => {
    const nodes = 'invoices(first: 50) { nodes { customer { name } } }';
    expect(callsOf(`{ customer(id: "${CUSTOMER}") { ${nodes} } }`)).toBe(2 + 1 + 2);
  });

  it('count what the fields of one plan share once', () => {
    const fields = 'name description customFields minimums { name } charges { nodes { id } }';
    const one = '{ customers(first: 1, filter: { providers: [MAPLE] }) { nodes { plans(first: 4)';
    expect(callsOf(`${one} { nodes { ${fields} } } } } }`)).toBe(1 + 1 + 4);
  });

  it('count each plan of a small catalogue once, however many customers hold it', () => {
    const plans = 'plans { nodes { minimums { name } charges { nodes { id } } } }';
    const query = `{ customers(first: 60, filter: { providers: [METRONOME] }) { nodes { ${plans} } } }`;
    expect(callsOf(query)).toBe(1 + 60 + 50 + 50);
  });

  it('ask for Metronome customers by their ids in batches', () => {
    const ids = Array.from({ length: 100 }, () => CUSTOMER);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { name } } }';
    expect(callsOf(query, { ids })).toBe(4);
    expect(callsOf(query, { ids: ids.slice(0, 1) })).toBe(2);
    expect(callsOf(query, { ids: [...ids, CUSTOMER] })).toBe(0);
  });

  it('are those of the type that an id names', () => {
    const query =
      'query ($id: ID!) { node(id: $id) { ... on Customer { plans { nodes { id } } } ... on Invoice { plan { name } } } }';
    expect(callsOf(query, { id: CUSTOMER })).toBe(2 + 1);
    expect(callsOf(query, { id: INVOICE })).toBe(1 + 2);
    expect(callsOf(query, { id: 'none' })).toBe(0);
  });

  it('are those of going on behind a cursor, whoever has written it', () => {
    const after = {
      kind: 'after',
      token: 'page-2',
      limit: 5,
      place: 4,
      anchor: 'abcdefgh',
      before: [],
      after: [],
    } as const;
    const cursor = createCursorCodec('another key').encode([], [after, { kind: 'end' }]);
    const query = 'query ($after: String) { customers(first: 20, after: $after) { nodes { id } } }';
    expect(callsOf(query, { after: cursor })).toBe(1 + 4 + 4);
  });
});

describe('the nodes of an operation', () => {
  it.each([
    ['each item of a page', '{ customers(first: 7) { nodes { id } } }', 7],
    [
      'an item once by its edge, and once more in the list',
      '{ customers(first: 7) { edges { node { id } } nodes { id } } }',
      14,
    ],
    ['lists in lists', '{ customers(first: 7) { nodes { invoices(first: 3) { nodes { id } } } } }', 7 + 21],
    ['what an object refers to', `{ invoice(id: "${INVOICE}") { customer { id } plan { id } } }`, 3],
    [
      'no parts of an object',
      `{ invoice(id: "${INVOICE}") { total { unit { name } } adjustments { name } } }`,
      1,
    ],
    [
      'the lines of invoices, which Maple does not show',
      '{ customers(first: 1) { nodes { invoices(first: 2) { nodes { lineItems(first: 5) { nodes { name } } } } } } }',
      1 + 2 + 10,
    ],
    [
      'no more plans than a customer holds',
      '{ customers(first: 2) { nodes { plans { nodes { id } } } } }',
      2 + 20,
    ],
    ['no item of a page whose size is refused', '{ customers(first: 101) { nodes { id } } }', 0],
  ])('are %s', (_what, query, nodes) => {
    expect(boundOf(query).nodes).toBe(nodes);
  });
});

describe('an operation', () => {
  it('costs the same in fragments as without, and fields of one name once', () => {
    const plain = '{ customers(first: 5) { nodes { id invoices(first: 2) { nodes { id number } } } } }';
    const parts = `{ customers(first: 5) { ...a ... on CustomerConnection { nodes { ...b } } ...a } }
      fragment a on CustomerConnection { nodes { invoices(first: 2) { nodes { id } } } }
      fragment b on Node { id ... on Customer { invoices(first: 2) { nodes { id number } } } }`;
    expect(boundOf(parts)).toEqual(boundOf(plain));
  });

  it('costs more under two names', () => {
    expect(callsOf('{ a: customers { nodes { id } } b: customers { nodes { id } } }')).toBe(4);
  });

  it('costs nothing for what variables leave out', () => {
    const query = `query ($with: Boolean = true, $n: Int = 3) {
      customers(first: $n) @include(if: $with) { nodes { id } }
      ... @skip(if: $with) { plans(first: $n) { nodes { id } } }
      account(identifier: "a") @include(if: false) { name }
    }`;
    expect(boundOf(query)).toMatchObject({ upstreamCalls: 2, nodes: 3 });
    expect(boundOf(query, { with: false, n: 2 })).toMatchObject({ upstreamCalls: 3, nodes: 2 });
    expect(boundOf(query, { with: true, n: null })).toMatchObject({ upstreamCalls: 2, nodes: 20 });
  });

  it('costs what it costs where any one of its places is selected', () => {
    const query = `query ($a: Boolean!, $b: Boolean!) { customers(first: 1) {
      nodes @include(if: $a) { account { name } }
      nodes @include(if: $b) { id }
    } }`;
    expect(callsOf(query, { a: false, b: true })).toBe(2);
    expect(callsOf(query, { a: true, b: false })).toBe(4);
  });

  it('counts values, of lists once', () => {
    expect(boundOf('{ customers(first: 3) { nodes { id identifiers } } }').values).toBe(1 + 1 + 3 * 2);
  });

  it('that asks for the whole schema counts its values apart, by the size of the schema', () => {
    const whole = boundOf(getIntrospectionQuery());
    expect(whole).toMatchObject({ nodes: 0, upstreamCalls: 0 });
    expect(whole.introspectionValues).toBeGreaterThan(5000);
    expect(whole.introspectionValues).toBeLessThan(25_000);
    const twice = '{ __schema { types { a: fields { name } b: fields { name } } } }';
    const once = '{ __schema { types { a: fields { name } } } }';
    expect(boundOf(twice).introspectionValues).toBeGreaterThan(1.5 * boundOf(once).introspectionValues);
  });

  it('whose fragments lead to millions of fields is not weighed', () => {
    const fragments = Array.from({ length: 12 }, (_, at) => {
      const more = ['customers', 'x: customers', 'y: customers', 'z: customers'].map(
        (field) => `${field} { account { ...f${at + 1} } }`,
      );
      return `fragment f${at} on Account { ${more.join(' ')} }`;
    });
    const query = `{ account(identifier: "a") { ...f0 } } ${fragments.join(' ')} fragment f12 on Account { id }`;
    expect(() => boundOf(query)).toThrow(OperationTooComplexError);
  });
});
