import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedPositions, createCursorCodec } from '../../src/connection/cursor.ts';
import { expectedPages } from '../../src/connection/expected-pages.ts';
import { END, START, type Position } from '../../src/connection/position.ts';
import { StreamReader } from '../../src/connection/stream-reader.ts';
import { CursorExpiredError } from '../../src/errors/gateway-error.ts';
import { ModelList, type Row } from './model-list.ts';

const CAP = 100;

function listOf(length: number, tokens: 'key' | 'offset'): ModelList {
  const rows = Array.from({ length }, (_, at): Row => ({ id: `row-${at}`, day: 1000 - at, hidden: false }));
  return new ModelList('list', rows, { tokens, cap: CAP, dangling: false });
}

/** Takes items, and gives the position after the last of them. */
async function take(list: ModelList, start: Position, wanted: number, pageLimit?: number): Promise<Position> {
  const stream = { ...list.stream(), ...(pageLimit !== undefined && { pageLimit }) };
  const reader = new StreamReader(stream, start, wanted);
  let position = start;
  for (let taken = 0; taken < wanted; taken += 1) {
    const head = await reader.peek();
    if (head === undefined) break;
    position = head.position();
    reader.take();
  }
  return position;
}

describe('expectedPages', () => {
  it('is none where nothing is wanted, or nothing is left', () => {
    expect(expectedPages({ start: START, wanted: 0 })).toBe(0);
    expect(expectedPages({ start: END, wanted: 5 })).toBe(0);
  });

  it('is one where one page can hold what is wanted, else one more', () => {
    expect(expectedPages({ start: START, wanted: 100 })).toBe(1);
    expect(expectedPages({ start: START, wanted: 101 })).toBe(2);
    expect(expectedPages({ start: START, wanted: 3, pageLimit: 100 })).toBe(1);
  });

  it('is never less than what is read, from anywhere in a list that may have changed meanwhile', async () => {
    const sizes = fc.integer({ min: 1, max: 101 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          length: fc.integer({ min: 0, max: 900 }),
          tokens: fc.constantFrom('key' as const, 'offset' as const),
          pageLimit: fc.constantFrom(undefined, 100),
          walk: fc.array(sizes, { maxLength: 3 }),
          wanted: sizes,
          inserted: fc.constantFrom(0, 0, 0, 1, 30),
          removed: fc.constantFrom(0, 0, 0, 1, 5),
        }),
        async ({ length, tokens, pageLimit, walk, wanted, inserted, removed }) => {
          const list = listOf(length, tokens);
          let start: Position = START;
          for (const size of walk) start = await take(list, start, size, pageLimit);
          for (let at = 0; at < inserted; at += 1) list.insert(0, `new-${at}`);
          for (let at = 0; at < removed; at += 1) list.remove(Math.floor(list.size / 2));
          await take(list, start, wanted, pageLimit).catch((error: unknown) => {
            if (!(error instanceof CursorExpiredError)) throw error;
          });
          expect(list.reads.length).toBeLessThanOrEqual(expectedPages({ start, wanted, pageLimit }));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is exact for a list that goes on and has not changed, but for the search', async () => {
    const list = listOf(1000, 'key');
    const start = await take(list, await take(list, START, 10), 25);
    await take(list, start, 50);
    const search = 4 + 1;
    expect(expectedPages({ start, wanted: 50 })).toBe(list.reads.length + search);
  });
});

describe('claimedPositions', () => {
  it('reads the positions of a cursor without its key', async () => {
    const position = await take(listOf(50, 'key'), START, 7);
    const cursor = createCursorCodec('the key of a server').encode(['any'], [position, START, END]);
    expect(claimedPositions(cursor)).toEqual([position, START, END]);
  });

  it.each(['', 'abc', 'not a cursor', Buffer.from('x'.repeat(12) + '{}').toString('base64url')])(
    'finds none in %j',
    (text) => {
      expect(claimedPositions(text)).toBeNull();
    },
  );
});
