import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareSortKeys,
  decodeCursor,
  encodeCursor,
  pageByKey,
  type SortKey,
} from '../../../src/sandbox/http/key-page.ts';

const walk = (
  keys: readonly SortKey[],
  limit: number,
  isShown: (key: SortKey) => boolean,
): readonly SortKey[] => {
  const seen: SortKey[] = [];
  let after: SortKey | undefined;
  do {
    const page = pageByKey({
      rows: keys,
      keyOf: (key) => key,
      select: (key) => (isShown(key) ? key : undefined),
      after,
      limit,
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    after = page.lastKey;
  } while (after !== undefined);
  return seen;
};

describe('paging by key', () => {
  it('gives every selected row exactly once, in order, with any page size', () => {
    const numbers = fc.uniqueArray(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.string()), {
      selector: String,
    });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 9 }), (rows, limit) => {
        const sorted = rows.toSorted(compareSortKeys);
        const isShown = ([first]: SortKey): boolean => first !== 0;
        expect(walk(sorted, limit, isShown)).toEqual(sorted.filter(isShown));
      }),
    );
  });

  it('names no last key when nothing more would follow', () => {
    const rows = [1, 2, 3, 4];
    const page = (select: (row: number) => number | undefined) =>
      pageByKey({ rows, keyOf: (row) => [row], select, after: undefined, limit: 2 });
    expect(page((row) => row)).toEqual({ items: [1, 2], lastKey: [2] });
    expect(page((row) => (row > 2 ? undefined : row))).toEqual({ items: [1, 2], lastKey: undefined });
  });

  it('goes on after a key whose row is gone', () => {
    const page = pageByKey({
      rows: [1, 5, 7],
      keyOf: (row) => [row],
      select: (row) => row,
      after: [4],
      limit: 1,
    });
    expect(page).toEqual({ items: [5], lastKey: [5] });
  });

  it('reads a cursor back under its own scope alone', () => {
    const cursor = encodeCursor([-5, 'ü'], 'list?a=1');
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor, 'list?a=1')).toEqual([-5, 'ü']);
    expect(decodeCursor(cursor, 'list?a=2')).toBeUndefined();
  });

  it.each(['', 'x', '####', 'bnVsbA', encodeCursor([1], 'scope').slice(0, -4)])(
    'refuses the cursor "%s"',
    (cursor) => {
      expect(decodeCursor(cursor, 'scope')).toBeUndefined();
    },
  );
});
