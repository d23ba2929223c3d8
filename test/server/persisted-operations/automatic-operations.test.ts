import { describe, expect, it } from 'vitest';
import { createAutomaticOperations } from '../../../src/server/persisted-operations/automatic-operations.ts';

describe('createAutomaticOperations', () => {
  it('gives what was added', () => {
    const automatic = createAutomaticOperations();
    automatic.add('1', 'a');
    expect([automatic.find('1'), automatic.find('2'), automatic.find('__proto__')]).toEqual([
      'a',
      null,
      null,
    ]);
  });

  it('forgets what was used least recently', () => {
    const automatic = createAutomaticOperations({ maxDocuments: 2 });
    automatic.add('1', 'a');
    automatic.add('2', 'b');
    automatic.find('1');
    automatic.add('3', 'c');
    expect(['1', '2', '3'].map((hash) => automatic.find(hash))).toEqual(['a', null, 'c']);
  });

  it('keeps no more than so many characters', () => {
    const automatic = createAutomaticOperations({ maxCharacters: 10 });
    automatic.add('1', 'a'.repeat(6));
    automatic.add('1', 'a'.repeat(6));
    automatic.add('2', 'b'.repeat(4));
    expect(automatic.find('1')).not.toBeNull();
    automatic.add('3', 'c'.repeat(5));
    expect(['1', '2', '3'].map((hash) => automatic.find(hash) !== null)).toEqual([false, false, true]);
  });

  it('keeps no document that is larger than all may be together, and forgets none for it', () => {
    const automatic = createAutomaticOperations({ maxCharacters: 10 });
    automatic.add('1', 'a');
    automatic.add('2', 'b'.repeat(11));
    expect(['1', '2'].map((hash) => automatic.find(hash))).toEqual(['a', null]);
  });
});
