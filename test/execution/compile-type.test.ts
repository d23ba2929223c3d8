import { describe, expect, it } from 'vitest';
import { answerTo, fault, maskedAnswerTo, nullIn, smallExecution, smallExecutor } from './small-answer.ts';

describe('types', () => {
  it('tell whether a value is theirs, also late', async () => {
    const answer = await maskedAnswerTo('{ ghosts { __typename } }');
    expect(JSON.parse(answer)).toEqual({
      errors: [{ locations: [{ line: 1, column: 3 }], path: ['ghosts', 2] }],
      data: { ghosts: [{ __typename: 'Ghost' }, { __typename: 'Ghost' }, null] },
    });
  });

  it.each([
    ['whose value is of another type', '{ ghost { name } }', 'ghost'],
    ['whose type cannot stand there', '{ stranger { name } }', 'stranger'],
    ['whose value is no list', '{ noList }', 'noList'],
    ['whose value is none of its enum', '{ noColor }', 'noColor'],
    ['whose value is no number', '{ wrong }', 'wrong'],
  ])('make a field an error %s', async (_, query, field) => {
    expect(JSON.parse(await maskedAnswerTo(query))).toEqual({
      errors: [{ locations: [{ line: 1, column: 3 }], path: [field] }],
      data: { [field]: null },
    });
  });

  it('are told of the field for each item of its list', async () => {
    const answer = await answerTo('{ a: told { __typename } }');
    expect(answer).toBe('{"data":{"a":[{"__typename":"Robot"},{"__typename":"Robot"}]}}');
  });
});

describe('a value that does not fit its type', () => {
  it('is no error of the client, as errors of GraphQL are', async () => {
    const result = await smallExecutor.execute(smallExecution('{ wrong }'));
    const [error] = result?.errors ?? [];
    expect(error?.cause).toBeInstanceOf(TypeError);
  });
});

describe('lists', () => {
  it.each([
    ['are waited for', '{ beings { name } }', '{"beings":[{"name":"Ada"},{"name":"R2"}]}'],
    ['may be any iterable', '{ set }', '{"set":[1,2]}'],
  ])('%s', async (_, query, data) => {
    expect(await answerTo(query)).toBe(`{"data":${data}}`);
  });

  it('lose an item that fails', async () => {
    expect(JSON.parse(await answerTo('{ numbers }'))).toEqual({
      errors: [
        fault('Int cannot represent non-integer value: "x"', 3, 'numbers', 3),
        fault('e', 3, 'numbers', 4),
      ],
      data: { numbers: [1, 2, null, null, null] },
    });
  });

  it('are null where an item may not be', async () => {
    expect(JSON.parse(await answerTo('{ mustNumbers }'))).toEqual({
      errors: [fault(nullIn('Query.mustNumbers'), 3, 'mustNumbers', 2)],
      data: { mustNumbers: null },
    });
  });

  it('of lists end errors at the inner one', async () => {
    expect(JSON.parse(await answerTo('{ grid }'))).toEqual({
      errors: [fault(nullIn('Query.grid'), 3, 'grid', 2, 0)],
      data: { grid: [[1, 2], [3, 4], null, null, []] },
    });
  });
});
