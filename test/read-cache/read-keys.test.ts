import { describe, expect, it } from 'vitest';
import { answerKey, subjectsOf, writtenSubjects, type ReadIdentity } from '../../src/read-cache/read-keys.ts';

const READ: ReadIdentity = {
  account: 'account',
  reader: 'reader',
  scope: 'scope',
  operation: 'operation',
  method: 'POST',
  path: '/path',
  query: 'a=1',
  body: '{}',
  part: '',
};

describe('the key of an answer', () => {
  it('is the same for the same read', () => {
    expect(answerKey({ ...READ })).toBe(answerKey(READ));
  });

  it.each([
    { account: 'other' },
    { reader: 'other' },
    { scope: 'other' },
    { operation: 'other' },
    { method: 'GET' },
    { path: '/other' },
    { query: 'a=2' },
    { body: '{"a":1}', part: '' },
    // No two parts together say what two others say.
    { path: '/patha=1', query: '' },
  ] satisfies Partial<ReadIdentity>[])('is another one with %o', (changes) => {
    expect(answerKey({ ...READ, ...changes })).not.toBe(answerKey(READ));
  });
});

describe('the subjects of a read', () => {
  it('are those of the customer among the subjects of its writes, and of nobody else', () => {
    const written = writtenSubjects('account', 'cus_1');
    expect(written).toEqual(expect.arrayContaining(subjectsOf('account', ['cus_1'])));
    expect(written).toEqual(expect.arrayContaining(subjectsOf('account', 'any')));
    for (const other of [
      subjectsOf('account', ['cus_2']),
      subjectsOf('other', ['cus_1']),
      subjectsOf('other', 'any'),
    ])
      expect(written).not.toEqual(expect.arrayContaining(other));
  });

  it('keep a customer named any apart from all customers', () => {
    expect(subjectsOf('account', ['any'])).not.toEqual(subjectsOf('account', 'any'));
  });
});
