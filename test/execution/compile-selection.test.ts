import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { pickObject, pickText } from '../support/pick.ts';
import { answerTo, smallExecution, smallExecutor } from './small-answer.ts';

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
      '{ __proto__: bare constructor: bare toJSON: bare }',
      '{"__proto__":"bare","constructor":"bare","toJSON":"bare"}',
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

  it("may be called as a promise is told by, at which the server's own executor fails", async () => {
    const args = smallExecution('{ then: bare human { then: lateName } }');
    const result = await smallExecutor.execute(args);
    expect(JSON.stringify(result)).toBe('{"data":{"then":"bare","human":{"then":"Ada, later"}}}');
  });

  it('may be very many', async () => {
    const query = `{ ${Array.from({ length: 3000 }, (_, index) => `a${index}: bare`).join(' ')} }`;
    expect(Object.keys(pickObject(JSON.parse(await answerTo(query)), 'data'))).toHaveLength(3000);
  });

  it('describe the schema', async () => {
    expect(await answerTo(getIntrospectionQuery())).toContain('"queryType":{"name":"Query"');
    expect(await answerTo('{ __type(name: "Color") { enumValues { name } } }')).toBe(
      '{"data":{"__type":{"enumValues":[{"name":"RED"},{"name":"BLUE"}]}}}',
    );
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
  ])('%s', async (_, query, variableValues, args) => {
    const answer = await answerTo(query, { variableValues });
    expect(JSON.parse(pickText(JSON.parse(answer), 'data', 'echo'))).toEqual(args);
  });

  it('follow the variables of each execution of one document', async () => {
    const args = smallExecution('query ($i: Int) { echo(int: $i) }');
    for (const int of [1, 2]) {
      const result = await smallExecutor.execute({ ...args, variableValues: { i: int } });
      expect(JSON.parse(pickText(result, 'data', 'echo'))).toEqual({ ...usual, int });
    }
  });
});
