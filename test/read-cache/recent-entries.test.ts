import { describe, expect, it } from 'vitest';
import { createRecentEntries } from '../../src/read-cache/recent-entries.ts';

function keysOf(entries: ReturnType<typeof createRecentEntries<string>>): string {
  return ['a', 'b', 'c', 'd'].filter((key) => entries.get(key) !== undefined).join('');
}

describe('recent entries', () => {
  it('drop the one that was used least recently beyond their number', () => {
    const entries = createRecentEntries<string>({ maxEntries: 2, maxWeight: 100 });
    entries.set('a', 'A', 1);
    entries.set('b', 'B', 1);
    expect(entries.get('a')).toBe('A');
    entries.set('c', 'C', 1);
    expect(keysOf(entries)).toBe('ac');
  });

  it('drop as many as it takes beyond their weight', () => {
    const entries = createRecentEntries<string>({ maxEntries: 10, maxWeight: 100 });
    entries.set('a', 'A', 30);
    entries.set('b', 'B', 30);
    entries.set('c', 'C', 40);
    expect(keysOf(entries)).toBe('abc');
    entries.set('d', 'D', 50);
    expect(keysOf(entries)).toBe('cd');
  });

  it('count an entry once that takes the place of another', () => {
    const entries = createRecentEntries<string>({ maxEntries: 10, maxWeight: 100 });
    entries.set('a', 'A', 90);
    entries.set('a', 'another A', 50);
    entries.set('b', 'B', 50);
    expect(keysOf(entries)).toBe('ab');
    expect(entries.get('a')).toBe('another A');
  });

  it('count no entry any more that was deleted', () => {
    const entries = createRecentEntries<string>({ maxEntries: 10, maxWeight: 100 });
    entries.set('a', 'A', 100);
    entries.delete('a');
    entries.delete('a');
    entries.set('b', 'B', 100);
    expect(keysOf(entries)).toBe('b');
  });

  it('keep none that alone is too heavy, nor the one whose place it takes', () => {
    const entries = createRecentEntries<string>({ maxEntries: 10, maxWeight: 100 });
    entries.set('a', 'A', 1);
    entries.set('b', 'B', 1);
    entries.set('a', 'another A', 101);
    expect(keysOf(entries)).toBe('b');
  });
});
