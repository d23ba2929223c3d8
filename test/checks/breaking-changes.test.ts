import { describe, expect, it } from 'vitest';
import { breakingChanges } from '../../schema/checks/breaking-changes.ts';

const contract = 'type Query { a(first: Int! = 20): Int b: Int } input Filter { size: Int! = 1 }';

describe('breakingChanges', () => {
  it('finds nothing in an equal or a larger schema', async () => {
    expect(await breakingChanges(contract, `${contract} extend type Query { c: Int }`, [])).toEqual([]);
  });

  it('notices a removed field', async () => {
    const lines = await breakingChanges(contract, contract.replace('b: Int', ''), []);
    expect(lines).toEqual([expect.stringMatching(/^FIELD_REMOVED Query\.b: /)]);
  });

  it('notices a field that may now be null', async () => {
    const lines = await breakingChanges('type Query { a: Int! }', 'type Query { a: Int }', []);
    expect(lines).toEqual([expect.stringMatching(/^FIELD_TYPE_CHANGED Query\.a: /)]);
  });

  it.each([
    ['an argument', 'Int! = 20', 'FIELD_ARGUMENT_DEFAULT_CHANGED Query.a.first'],
    ['an input field', 'Int! = 1', 'INPUT_FIELD_DEFAULT_VALUE_CHANGED Filter.size'],
  ])('notices that %s which must not be null has lost its default', async (_what, declared, change) => {
    const lines = await breakingChanges(contract, contract.replace(declared, 'Int!'), []);
    expect(lines).toEqual([expect.stringContaining(change)]);
  });

  it('lets a default change its value', async () => {
    expect(await breakingChanges(contract, contract.replace('20', '30'), [])).toEqual([]);
  });

  it('lets an accepted change pass, and only that one', async () => {
    const accepted = [{ type: 'FIELD_REMOVED', path: 'Query.b', reason: 'No client reads it.' }];
    expect(await breakingChanges(contract, contract.replace('b: Int', ''), accepted)).toEqual([]);
    const both = 'type Query { c: Int } input Filter { size: Int! = 1 }';
    expect(await breakingChanges(contract, both, accepted)).toEqual([
      expect.stringContaining('FIELD_REMOVED Query.a'),
    ]);
  });

  it('notices an accepted change that no longer occurs', async () => {
    const accepted = [{ type: 'FIELD_REMOVED', path: 'Query.b', reason: 'No client reads it.' }];
    expect(await breakingChanges(contract, contract, accepted)).toEqual([
      expect.stringContaining('no such change'),
    ]);
  });
});
