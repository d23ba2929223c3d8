import { setImmediate } from 'node:timers/promises';
import { normalizedExecutor } from '@graphql-tools/executor';
import { getIntrospectionQuery, parse, validate } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QueryExecutor } from '../../src/execution/query-executor.ts';
import { smallRoot, smallSchema } from './small-schema.ts';

interface Request {
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const executor = new QueryExecutor(smallSchema);

function argsOf(query: string, { operationName, variables = {} }: Request = {}) {
  const document = parse(query);
  expect(validate(smallSchema, document)).toEqual([]);
  return {
    schema: smallSchema,
    document,
    operationName,
    variableValues: variables,
    rootValue: smallRoot,
    contextValue: 'context',
  };
}

/** The answer as a text, so that order counts: the same each time, and the same as that of Yoga's executor. */
async function answerTo(query: string, request?: Request): Promise<string> {
  const args = argsOf(query, request);
  const first = executor.execute(args);
  expect(first).not.toBeNull();
  const answer = JSON.stringify(await first);
  expect(JSON.stringify(await executor.execute(args))).toBe(answer);
  expect(answer).toBe(JSON.stringify(await normalizedExecutor(args)));
  return answer;
}

function fault(message: string, column: number, ...path: readonly (string | number)[]) {
  return { message, locations: [{ line: 1, column }], path };
}

const NULL_IN = (field: string): string => `Cannot return null for non-nullable field ${field}.`;

describe('fields', () => {
  it.each<readonly [string, string, string]>([
    [
      'stand in the order of the query',
      '{ human { name } color bare }',
      '{"human":{"name":"Ada"},"color":"BLUE","bare":"bare"}',
    ],
    [
      'keep their order when they come late',
      '{ lateHuman { lateName name } bare }',
      '{"lateHuman":{"lateName":"Ada, later","name":"Ada"},"bare":"bare"}',
    ],
    [
      'go by aliases as no member is named',
      '{ __proto__: bare constructor: bare toJSON: bare then: bare }',
      '{"__proto__":"bare","constructor":"bare","toJSON":"bare","then":"bare"}',
    ],
    [
      'go by such aliases when they come late',
      '{ human { __proto__: lateName hasOwnProperty: lateName } }',
      '{"human":{"__proto__":"Ada, later","hasOwnProperty":"Ada, later"}}',
    ],
    ['are called where they are functions', '{ called }', '{"called":"called with context"}'],
    [
      'are null where there is nothing',
      '{ nothing human { nothing } }',
      '{"nothing":null,"human":{"nothing":null}}',
    ],
    ['may come from a promise of another make', '{ thenable }', '{"thenable":"from elsewhere"}'],
    [
      'tell the type of what is around them',
      '{ __typename being { type: __typename } found { __typename } }',
      '{"__typename":"Query","being":{"type":"Robot"},"found":[{"__typename":"Human"},null,{"__typename":"Robot"},{"__typename":"Robot"}]}',
    ],
    [
      'of one name are merged',
      '{ human { name friend { name } } human { friend { lateName name } name } }',
      '{"human":{"name":"Ada","friend":{"name":"Bea","lateName":"Ada, later"}}}',
    ],
  ])('%s', async (_, query, data) => {
    expect(await answerTo(query)).toBe(`{"data":${data}}`);
  });

  it('know of their place', async () => {
    const answer = await answerTo('{ again: info info info }');
    expect(JSON.parse(answer)).toEqual({
      data: {
        again: JSON.stringify(['context', 'info', 1, 'String', { key: 'again', typename: 'Query' }]),
        info: JSON.stringify(['context', 'info', 2, 'String', { key: 'info', typename: 'Query' }]),
      },
    });
  });

  it('may be very many', async () => {
    const query = `{ ${Array.from({ length: 3000 }, (_, index) => `a${index}: bare`).join(' ')} }`;
    expect(Object.keys(Object(JSON.parse(await answerTo(query)).data))).toHaveLength(3000);
  });

  it('describe the schema', async () => {
    expect(await answerTo(getIntrospectionQuery())).toContain('"queryType":{"name":"Query"');
    expect(await answerTo('{ __type(name: "Color") { enumValues { name } } }')).toBe(
      '{"data":{"__type":{"enumValues":[{"name":"RED"},{"name":"BLUE"}]}}}',
    );
  });
});

describe('fragments', () => {
  it.each<readonly [string, string, string]>([
    ['on an interface hold for its types', '{ human { ... on Being { name } } }', '{"human":{"name":"Ada"}}'],
    [
      'on a union hold for its types',
      '{ being { ... on Found { __typename } } }',
      '{"being":{"__typename":"Robot"}}',
    ],
    [
      'on another type are left out',
      '{ found { ... on Robot { model } ... on Being { name } } }',
      '{"found":[{"name":"Ada"},null,{"model":"D2","name":"R2"},{"model":"D2","name":"R2"}]}',
    ],
    [
      'without a type hold for all',
      '{ ... { bare } ...@include(if: true) { color } }',
      '{"bare":"bare","color":"BLUE"}',
    ],
    [
      'that nothing is left of give an empty object',
      '{ human { ... @skip(if: true) { name } } }',
      '{"human":{}}',
    ],
    [
      'are spread in several places',
      '{ human { ...F friend { ...F } } lateHuman { ...F } } fragment F on Human { name }',
      '{"human":{"name":"Ada","friend":{"name":"Bea"}},"lateHuman":{"name":"Ada"}}',
    ],
    [
      'come where they are spread first',
      '{ human { ...F lateName ...F } } fragment F on Being { name }',
      '{"human":{"name":"Ada","lateName":"Ada, later"}}',
    ],
    [
      'that are left out once count when they come again',
      '{ human { ...F @skip(if: true) lateName ...F } } fragment F on Being { name }',
      '{"human":{"lateName":"Ada, later","name":"Ada"}}',
    ],
    [
      'may be called anything',
      '{ ...constructor ...__proto__ } fragment constructor on Query { bare } fragment __proto__ on Query { color }',
      '{"bare":"bare","color":"BLUE"}',
    ],
  ])('%s', async (_, query, data) => {
    expect(await answerTo(query)).toBe(`{"data":${data}}`);
  });
});

describe('conditions', () => {
  const QUERY =
    'query ($a: Boolean!, $b: Boolean! = true) { bare @include(if: $a) color @skip(if: $b) called @include(if: $a) @skip(if: $b) }';

  it.each<readonly [Readonly<Record<string, boolean>>, string]>([
    [{ a: true }, '{"bare":"bare"}'],
    [{ a: false }, '{}'],
    [{ a: false, b: false }, '{"color":"BLUE"}'],
    [{ a: true, b: false }, '{"bare":"bare","color":"BLUE","called":"called with context"}'],
  ])('hang on the variables %j', async (variables, data) => {
    expect(await answerTo(QUERY, { variables })).toBe(`{"data":${data}}`);
  });

  it('hang on the variables of each execution of one document', async () => {
    const args = argsOf(QUERY);
    for (const [a, data] of [
      [true, { bare: 'bare' }],
      [false, {}],
      [true, { bare: 'bare' }],
    ] as const)
      expect(await executor.execute({ ...args, variableValues: { a } })).toEqual({ data });
  });

  it('of many variables hold in all combinations', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const head = names.map((name) => `$${name}: Boolean!`).join(', ');
    const args = argsOf(
      `query (${head}) { ${names.map((name) => `${name}: color @include(if: $${name})`).join(' ')} }`,
    );
    for (let bits = 0; bits < 32; bits += 1) {
      const variableValues = Object.fromEntries(names.map((name, at) => [name, (bits & (1 << at)) > 0]));
      const result = await executor.execute({ ...args, variableValues });
      const included = names.filter((name) => variableValues[name]);
      expect(result).toEqual({ data: Object.fromEntries(included.map((name) => [name, 'BLUE'])) });
    }
  });
});

describe('arguments', () => {
  const usual = { int: 20, must: 5, color: 0xff0000, area: { from: 1, to: 3 } };

  it.each<readonly [string, string, Readonly<Record<string, unknown>>, object]>([
    ['that are not given have their defaults', '{ echo }', {}, usual],
    ['that are null are null', '{ echo(int: null, area: null) }', {}, { ...usual, int: null, area: null }],
    [
      'take enums by their values',
      '{ echo(color: BLUE, colors: [RED]) }',
      {},
      { ...usual, color: 0x0000ff, colors: [0xff0000] },
    ],
    ['take one for a list', '{ echo(colors: BLUE) }', {}, { ...usual, colors: [0x0000ff] }],
    [
      'take the defaults of input fields',
      '{ echo(area: { to: 9 }) }',
      {},
      { ...usual, area: { from: 1, to: 9, color: 0xff0000 } },
    ],
    [
      'take literals of a scalar',
      '{ echo(day: "2026-01-02") }',
      {},
      { ...usual, day: { day: '2026-01-02' } },
    ],
    [
      'take variables of a scalar',
      'query ($d: Day) { echo(day: $d) }',
      { d: '2026-01-02' },
      { ...usual, day: { day: '2026-01-02' } },
    ],
    [
      'take defaults of a variable',
      'query ($d: Day = "2026-01-02", $c: Color = BLUE) { echo(day: $d, color: $c) }',
      {},
      { ...usual, color: 0x0000ff, day: { day: '2026-01-02' } },
    ],
    [
      'take any literal',
      '{ echo(json: { a: [1, 2.5, "x", true, null, RED], b: {} }) }',
      {},
      { ...usual, json: { a: [1, 2.5, 'x', true, null, 'RED'], b: {} } },
    ],
    [
      'take variables within any literal',
      'query ($i: Int, $n: Json) { echo(json: { a: [$i, $n] }) }',
      { i: 4, n: { x: [1] } },
      { ...usual, json: { a: [4, { x: [1] }] } },
    ],
    [
      'that hang on a missing variable have their defaults',
      'query ($i: Int, $c: Color, $y: Boolean) { echo(int: $i, color: $c, yes: $y) }',
      {},
      usual,
    ],
    [
      'that hang on a variable that is null are null',
      'query ($i: Int, $c: Color) { echo(int: $i, color: $c) }',
      { i: null, c: null },
      { ...usual, int: null, color: null },
    ],
    [
      'may hold variables deep inside',
      'query ($i: Int, $t: Int!) { echo(area: { to: $i, inner: [1, $t] }) }',
      { t: 2 },
      { ...usual, area: { from: 1, color: 0xff0000, inner: [1, 2] } },
    ],
    [
      'take whole inputs as variables',
      'query ($a: Area) { echo(area: $a) }',
      { a: { to: 2, inner: 3 } },
      { ...usual, area: { from: 1, to: 2, color: 0xff0000, inner: [3] } },
    ],
    [
      'where null may not stand take variables that have a default',
      'query ($m: Int = 6) { echo(must: $m) }',
      {},
      { ...usual, must: 6 },
    ],
  ])('%s', async (_, query, variables, args) => {
    const { data } = JSON.parse(await answerTo(query, { variables }));
    expect(JSON.parse(String(Object(data).echo))).toEqual(args);
  });

  it('follow the variables of each execution of one document', async () => {
    const args = argsOf('query ($i: Int) { echo(int: $i) }');
    for (const int of [1, 2]) {
      const result = await executor.execute({ ...args, variableValues: { i: int } });
      expect(result).toEqual({ data: { echo: JSON.stringify({ ...usual, int }) } });
    }
  });
});

describe('types', () => {
  it('tell whether a value is theirs, also late', async () => {
    const answer = JSON.parse(await lateAnswerTo('{ ghosts { __typename } }'));
    expect(answer.data).toEqual({ ghosts: [{ __typename: 'Ghost' }, { __typename: 'Ghost' }, null] });
    expect(answer.errors).toMatchObject([{ path: ['ghosts', 2] }]);
  });

  it.each([
    ['whose object is of another', '{ ghost { name } }', 'ghost'],
    ['that cannot be of their place', '{ stranger { name } }', 'stranger'],
    ['whose values are no list', '{ noList }', 'noList'],
    ['that do not know the value', '{ noColor }', 'noColor'],
  ])('%s are an error', async (_, query, field) => {
    const answer = JSON.parse(await lateAnswerTo(query));
    expect(answer.data).toEqual({ [field]: null });
    expect(answer.errors).toMatchObject([{ path: [field], locations: [{ line: 1, column: 3 }] }]);
  });
});

/** Of faults of the gateway itself, which are masked, all but the message is that of Yoga's executor. */
async function lateAnswerTo(query: string): Promise<string> {
  const args = argsOf(query);
  const answers = [await executor.execute(args), await normalizedExecutor(args)];
  const [own, reference] = answers.map((answer) =>
    JSON.stringify(answer, (key, value: unknown) => (key === 'message' ? 'masked' : value)),
  );
  expect(own).toBe(reference);
  return own ?? '';
}
