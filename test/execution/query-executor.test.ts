import { GraphQLInt, GraphQLObjectType, GraphQLSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { QueryExecutor } from '../../src/execution/query-executor.ts';
import { answerTo, smallExecution, smallExecutor, type SmallRequest } from './small-answer.ts';

describe('conditions', () => {
  const QUERY =
    'query ($a: Boolean!, $b: Boolean! = true) { bare @include(if: $a) color @skip(if: $b) called @include(if: $a) @skip(if: $b) }';

  it.each<readonly [Readonly<Record<string, boolean>>, string]>([
    [{ a: true }, '{"bare":"bare"}'],
    [{ a: false }, '{}'],
    [{ a: false, b: false }, '{"color":"BLUE"}'],
    [{ a: true, b: false }, '{"bare":"bare","color":"BLUE","called":"called with context"}'],
  ])('hang on the variables %j', async (variableValues, data) => {
    expect(await answerTo(QUERY, { variableValues })).toBe(`{"data":${data}}`);
  });

  it('hang on the variables of each execution of one document', async () => {
    const args = smallExecution(QUERY);
    for (const [a, data] of [
      [true, { bare: 'bare' }],
      [false, {}],
      [true, { bare: 'bare' }],
    ] as const)
      expect(await smallExecutor.execute({ ...args, variableValues: { a } })).toEqual({ data });
  });

  it('of many variables hold in all combinations', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const head = names.map((name) => `$${name}: Boolean!`).join(', ');
    const args = smallExecution(
      `query (${head}) { ${names.map((name) => `${name}: color @include(if: $${name})`).join(' ')} }`,
    );
    for (let bits = 0; bits < 32; bits += 1) {
      const variableValues = Object.fromEntries(names.map((name, at) => [name, (bits & (1 << at)) > 0]));
      const result = await smallExecutor.execute({ ...args, variableValues });
      const included = names.filter((name) => variableValues[name]);
      expect(result).toEqual({ data: Object.fromEntries(included.map((name) => [name, 'BLUE'])) });
    }
  });
});

describe('operations', () => {
  const DOCUMENT = 'query A { bare ...F } query B { color ...F } fragment F on Query { called }';

  it.each([
    ['A', '{"data":{"bare":"bare","called":"called with context"}}'],
    ['B', '{"data":{"color":"BLUE","called":"called with context"}}'],
  ])('of one document are told apart by name: %s', async (operationName, answer) => {
    expect(await answerTo(DOCUMENT, { operationName })).toBe(answer);
  });

  it('of one document stay apart', async () => {
    const args = smallExecution(DOCUMENT);
    for (const operationName of ['A', 'B', 'A']) {
      const result = await smallExecutor.execute({ ...args, operationName });
      expect(JSON.stringify(result)).toContain(operationName === 'A' ? 'bare' : 'BLUE');
    }
  });

  it.each<readonly [string, string, SmallRequest | undefined]>([
    ['none is named of several', DOCUMENT, undefined],
    ['none has the name', DOCUMENT, { operationName: 'C' }],
    ['it writes', 'mutation { write }', undefined],
    ['a variable is missing', 'query ($m: Int!) { echo(int: $m) }', undefined],
    ['a variable is of another type', 'query ($d: Day) { echo(day: $d) }', { variableValues: { d: 'x' } }],
    [
      'a condition is null',
      'query ($y: Boolean = true) { bare @include(if: $y) }',
      { variableValues: { y: null } },
    ],
    [
      'a condition of a fragment is null',
      'query ($y: Boolean = true) { ...F } fragment F on Query { ... @skip(if: $y) { bare } }',
      { variableValues: { y: null } },
    ],
    [
      'an argument is null that may not be',
      'query ($m: Int = 1) { echo(must: $m) }',
      { variableValues: { m: null } },
    ],
    [
      'an input field is null that may not be',
      'query ($m: Int) { echo(area: { from: $m }) }',
      { variableValues: { m: null } },
    ],
    [
      'an item is null that may not be',
      'query ($m: Int = 1) { echo(area: { inner: [$m] }) }',
      { variableValues: { m: null } },
    ],
  ])('are left alone where %s', (_, query, request) => {
    expect(smallExecutor.execute(smallExecution(query, request))).toBeNull();
  });

  it('are left alone where they come in parts', () => {
    const document = parse('{ bare ... @defer { color } }');
    expect(smallExecutor.execute({ document })).toBeNull();
  });

  it('are executed where only another of the document has a variable that is null', async () => {
    const query = 'query A { bare } query B($y: Boolean = true) { color @include(if: $y) }';
    expect(await answerTo(query, { operationName: 'A' })).toBe('{"data":{"bare":"bare"}}');
    const args = smallExecution(query, { operationName: 'B', variableValues: { y: null } });
    expect(smallExecutor.execute(args)).toBeNull();
  });
});

describe('a document', () => {
  it('is put together once for what its conditions leave in', async () => {
    const seen: unknown[] = [];
    const n = { type: GraphQLInt };
    const see = (_: unknown, args: unknown): null => {
      seen.push(args);
      return null;
    };
    const fields = { x: { type: GraphQLInt, args: { n }, resolve: see } };
    const own = new QueryExecutor(
      new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) }),
    );
    const document = parse('query ($v: Boolean!) { x(n: 1) y: __typename @include(if: $v) }');
    for (const v of [true, false, true, false]) await own.execute({ document, variableValues: { v } });
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(2);
  });
});
