import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Each names something that the schema has under a name much like it. */
const ALMOST: readonly {
  readonly what: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}[] = [
  { what: 'a field', query: '{ provider { status } }' },
  { what: 'an argument', query: '{ customers(frist: 1) { nodes { name } } }' },
  { what: 'an enum value', query: '{ customers(filter: { providers: [MAPEL] }) { nodes { name } } }' },
  { what: 'an input field', query: '{ customers(filter: { provider: [MAPLE] }) { nodes { name } } }' },
  { what: 'a type', query: '{ node(id: "x") { ... on Invoic { id } } }' },
  { what: 'a directive', query: '{ providers @skipp(if: true) { status } }' },
  {
    what: 'an enum value in a variable',
    query: 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { name } } }',
    variables: { f: { providers: ['MAPEL'] } },
  },
  {
    what: 'an input field in a variable',
    query: 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { name } } }',
    variables: { f: { provider: ['MAPLE'] } },
  },
];

const ASKING = [
  getIntrospectionQuery(),
  '{ __schema { types { name } } }',
  '{ __type(name: "Query") { name } }',
  '{ ...F } fragment F on Query { s: __schema { queryType { name } } }',
  '{ providers { status } ... on Query { __type(name: "Query") { name } } }',
];

describe('introspection that is off', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ env: { INTROSPECTION: 'off' } });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.forgetCalls();
  });

  it.each(ASKING)('is refused: %s', async (query) => {
    const { data, errors } = await gateway.answer(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent(query)}`);
    expect(await response.json()).not.toHaveProperty('data');
  });

  it('leaves __typename to clients', async () => {
    expect(await gateway.data('{ __typename providers { __typename } }')).toMatchObject({
      __typename: 'Query',
      providers: [{ __typename: 'ProviderInfo' }, {}],
    });
  });

  it.each(ALMOST)('suggests no name for $what', async ({ query, variables }) => {
    const { errors } = await gateway.answer(query, variables);
    expect(errors).not.toBeUndefined();
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
    expect(gateway.calls()).toEqual({});
  });
});

describe('introspection that is on', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it.each(ASKING)('is answered: %s', async (query) => {
    expect(await gateway.data(query)).toBeTruthy();
  });

  it('suggests names', async () => {
    const { errors } = await gateway.answer('{ provider { status } }');
    expect(errors?.[0]?.message).toMatch(/Did you mean "providers"/);
  });
});
