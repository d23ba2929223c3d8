import { setImmediate } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerTo, fault, nullIn, smallExecution, smallExecutor } from './small-answer.ts';

describe('a field that fails', () => {
  it.each([
    ['by throwing', '{ throws bare }', 'throws', 'thrown'],
    ['by rejecting', '{ rejects bare }', 'rejects', 'rejected'],
    ['by giving an error', '{ error bare }', 'error', 'given'],
    ['by throwing what is no error', '{ text bare }', 'text', 'a text'],
    ['by throwing what looks like an error', '{ like bare }', 'like', 'like an error'],
    [
      'by a value that does not fit',
      '{ wrong bare }',
      'wrong',
      'Int cannot represent non-integer value: "no number"',
    ],
  ])('%s is null, and the others are there', async (_, query, field, message) => {
    expect(JSON.parse(await answerTo(query))).toEqual({
      errors: [fault(message, 3, field)],
      data: { [field]: null, bare: 'bare' },
    });
  });

  it('in several ways tells them all', async () => {
    expect(JSON.parse(await answerTo('{ several }'))).toEqual({
      errors: [fault('first', 3, 'several'), fault('second', 3, 'several')],
      data: { several: null },
    });
  });

  it('in a fragment that is spread twice tells one place', async () => {
    expect(JSON.parse(await answerTo('{ ...F ...F } fragment F on Query { throws }'))).toEqual({
      errors: [fault('thrown', 37, 'throws')],
      data: { throws: null },
    });
  });

  it('tells all its places in the query, and its alias', async () => {
    expect(JSON.parse(await answerTo('{ a: throws a: throws }'))).toEqual({
      errors: [
        {
          message: 'thrown',
          locations: [
            { line: 1, column: 3 },
            { line: 1, column: 13 },
          ],
          path: ['a'],
        },
      ],
      data: { a: null },
    });
  });

  it.each([
    ['by throwing', '{ human { name friend { mustThrow } } bare }', 25, 'mustThrow', 'thrown'],
    ['by rejecting', '{ human { name friend { mustReject } } bare }', 25, 'mustReject', 'rejected'],
    ['by null', '{ human { name friend { mustBe } } bare }', 25, 'mustBe', nullIn('Human.mustBe')],
    [
      'by null that is late',
      '{ human { name friend { mustBeLate } } bare }',
      25,
      'mustBeLate',
      nullIn('Human.mustBeLate'),
    ],
  ])(
    '%s takes with it what is around it, up to what may be null',
    async (_, query, column, field, message) => {
      expect(JSON.parse(await answerTo(query))).toEqual({
        errors: [fault(message, column, 'human', 'friend', field)],
        data: { human: { name: 'Ada', friend: null }, bare: 'bare' },
      });
    },
  );

  it('takes several levels with it', async () => {
    expect(JSON.parse(await answerTo('{ human { mustFriend { mustFriend { mustReject } } } }'))).toEqual({
      errors: [fault('rejected', 37, 'human', 'mustFriend', 'mustFriend', 'mustReject')],
      data: { human: null },
    });
  });

  it.each([
    ['{ bare mustThrow }', 'mustThrow', 'thrown'],
    ['{ bare mustReject }', 'mustReject', 'rejected'],
  ])('takes everything with it: %s', async (query, field, message) => {
    expect(await answerTo(query)).toBe(JSON.stringify({ errors: [fault(message, 8, field)], data: null }));
  });

  it.each([
    '{ lateHuman { mustFriend { mustReject } } human { mustFriend { lateName } rejects } throws }',
    '{ a: lateHuman { throws mustFriend { rejects } } b: human { mustFriend { throws } rejects } rejects }',
    '{ human { mustFriend { rejects mustReject } lateName } lateHuman { rejects } rejects lateName: several }',
    '{ human { mustReject mustThrow } bare rejects }',
    '{ mustReject mustThrow }',
    '{ human { mustReject lateFriend { lateFriend { rejects } } mustThrow } lateHuman { lateFriend { rejects } } }',
    '{ human { lateFriend { rejects } mustThrow } rejects }',
  ])('comes in the same order as with Yoga: %s', async (query) => {
    expect(await answerTo(query)).toContain('"errors":[{');
  });
});

describe('a field that fails after others were begun', () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  beforeEach(() => {
    unheard.length = 0;
    process.on('unhandledRejection', hear);
  });
  afterEach(() => {
    process.off('unhandledRejection', hear);
  });

  it.each<readonly [string, unknown]>([
    [
      '{ tornList }',
      { errors: [fault(nullIn('Query.tornList'), 3, 'tornList', 1)], data: { tornList: null } },
    ],
    [
      '{ human { mustReject again: mustReject mustThrow } }',
      { errors: [fault('thrown', 40, 'human', 'mustThrow')], data: { human: null } },
    ],
    [
      '{ mustReject again: mustReject mustThrow }',
      { errors: [fault('thrown', 32, 'mustThrow')], data: null },
    ],
  ])('leaves no failure that nobody hears of: %s', async (query, expected) => {
    const result = await smallExecutor.execute(smallExecution(query));
    await setImmediate();
    expect(JSON.parse(JSON.stringify(result))).toEqual(expected);
    expect(unheard).toEqual([]);
  });
});

describe('an execution that nobody waits for any more', () => {
  const query = '{ rejects human { name } }';

  it('fails as a whole with the first error, which is given no place', async () => {
    const leaving = new AbortController();
    const result = smallExecutor.execute({ ...smallExecution(query), abandoned: leaving.signal });
    leaving.abort();
    await expect(result).rejects.toThrow(/^rejected$/);
    await expect(result).rejects.not.toBeInstanceOf(GraphQLError);
  });

  it('gives its answer where nothing fails', async () => {
    const args = { ...smallExecution('{ bare human { name } }'), abandoned: AbortSignal.abort() };
    expect(JSON.stringify(await smallExecutor.execute(args))).toBe(await answerTo('{ bare human { name } }'));
  });

  it('is placed as ever while somebody waits', async () => {
    const args = { ...smallExecution(query), abandoned: new AbortController().signal };
    expect(JSON.stringify(await smallExecutor.execute(args))).toBe(await answerTo(query));
  });
});
