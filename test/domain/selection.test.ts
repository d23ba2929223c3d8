import {
  experimentalExecuteIncrementally,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLSchema,
  parse,
  visit,
  type DocumentNode,
} from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { selectedFields, selectedFieldsOf } from '../../src/domain/selection.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

describe('fields that the operation leaves out', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.forgetCalls();
  });

  const PLANS = `query ($name: Boolean!) {
    account(identifier: "acct_1001") {
      plans(first: 3) { nodes { id name @include(if: $name) description @skip(if: true) } }
    }
  }`;

  it.each([
    [false, 0],
    [true, 1],
  ])('cost no read of a plan (name included: %s)', async (name, reads) => {
    await gateway.data(PLANS, { name });
    expect(Math.min(gateway.calls()['MAPLE GET /bundles/:id'] ?? 0, 1)).toBe(reads);
  });

  it('give the account of a customer without a read where its identifier is all that is asked for', async () => {
    await gateway.data('{ customers(first: 4) { nodes { account { id identifier } } } }');
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 });
  });
});

interface Told {
  readonly below: readonly string[];
  readonly furtherDown: readonly string[];
}

describe('what is selected below a field', () => {
  let told: Told | null = null;
  const At: GraphQLObjectType = new GraphQLObjectType({
    name: 'At',
    fields: () => ({
      x: { type: GraphQLInt },
      y: { type: GraphQLInt },
      z: { type: GraphQLInt },
      at: { type: At },
    }),
  });
  const Query = new GraphQLObjectType({
    name: 'Query',
    fields: {
      at: {
        type: At,
        resolve(_, __, ___, info) {
          told = { below: [...selectedFields(info)], furtherDown: [...selectedFieldsOf(info, 'at')] };
          return null;
        },
      },
    },
  });
  const schema = new GraphQLSchema({ query: Query });

  async function toldOf(document: DocumentNode, request: object = {}): Promise<Told | null> {
    told = null;
    await experimentalExecuteIncrementally({ schema, document, ...request });
    return told;
  }

  it('stands in fragments, which operations may share', async () => {
    const document = parse(`
      query A { at { ...F z } }
      query B { at { y at { ...F } } }
      fragment F on At { x ...G at { z } } fragment G on At { y }`);
    for (let times = 0; times < 2; times += 1) {
      expect(await toldOf(document, { operationName: 'A' })).toEqual({
        below: ['x', 'y', 'at', 'z'],
        furtherDown: ['z'],
      });
      expect(await toldOf(document, { operationName: 'B' })).toEqual({
        below: ['y', 'at'],
        furtherDown: ['x', 'y', 'at'],
      });
    }
  });

  it('stands in all fields that are merged, also where another operation has one of them alone', async () => {
    const document = parse(
      'query A { ...F at { y at { y } } } query B { ...F } fragment F on Query { at { x at { x } } }',
    );
    const both = { below: ['x', 'at', 'y'], furtherDown: ['x', 'y'] };
    expect(await toldOf(document, { operationName: 'A' })).toEqual(both);
    expect(await toldOf(document, { operationName: 'B' })).toEqual({
      below: ['x', 'at'],
      furtherDown: ['x'],
    });
    expect(await toldOf(document, { operationName: 'A' })).toEqual(both);
  });

  it.each([
    ['on a field', '{ at { x y @include(if: $v) at { x y @include(if: $v) } } }'],
    ['on a fragment', '{ at { x ... @include(if: $v) { y } at { x ... @skip(if: $w) { y } } } }'],
    ['on a spread', '{ at { x ...F @include(if: $v) at { x ...F @skip(if: $w) } } } fragment F on At { y }'],
    [
      'within a fragment',
      '{ at { ...F at { ...F } } } fragment F on At { x y @include(if: $v) @skip(if: $w) }',
    ],
    [
      'on one of two spreads',
      '{ at { ...F @skip(if: true) x ...F @include(if: $v) at { x ...F @skip(if: $w) } } } fragment F on At { y }',
    ],
  ])('follows the variables of each execution of a document: %s', async (_, text) => {
    const document = parse(`query ($v: Boolean!, $w: Boolean!) ${text}`);
    for (const v of [true, false, true, false]) {
      const { below, furtherDown } = (await toldOf(document, { variableValues: { v, w: !v } })) ?? {};
      expect([below?.toSorted(), furtherDown]).toEqual(
        v
          ? [
              ['at', 'x', 'y'],
              ['x', 'y'],
            ]
          : [['at', 'x'], ['x']],
      );
    }
  });

  it('is nothing below a field that is left out', async () => {
    const document = parse('query ($v: Boolean!) { at { x at @include(if: $v) { y } } }');
    for (const [v, furtherDown] of [
      [true, ['y']],
      [false, []],
      [true, ['y']],
    ] as const)
      expect(await toldOf(document, { variableValues: { v } })).toMatchObject({ furtherDown });
  });

  it('is the same for a document and for its copy without deferred parts, which has nodes of it', async () => {
    const document = parse('{ at { ...F at { ...F } } } fragment F on At { x ... @defer { y } }');
    const whole = visit(document, { Directive: () => null });
    const expected = { below: ['x', 'y', 'at'], furtherDown: ['x', 'y'] };
    for (const each of [whole, document, whole]) expect(await toldOf(each)).toEqual(expected);
  });

  it('is found at once, however many ways lead to a fragment', async () => {
    const steps = Array.from(
      { length: 40 },
      (_, at) => `fragment F${at} on At { ...F${at + 1} ...F${at + 1} }`,
    );
    const document = parse(`{ at { ...F0 } } ${steps.join(' ')} fragment F40 on At { x at { z } }`);
    expect(await toldOf(document)).toEqual({ below: ['x', 'at'], furtherDown: ['z'] });
  });
});
