import { describe, expect, it } from 'vitest';
import { readMerged, type MergedPage } from '../../src/connection/merge.ts';
import { END, START, type Position } from '../../src/connection/position.ts';
import { CursorExpiredError } from '../../src/errors/gateway-error.ts';
import { UpstreamUnavailableError } from '../../src/errors/upstream-error.ts';
import { ModelList, type Paging } from './model-list.ts';
import { walk } from './walk.ts';

const GENEROUS: Paging = { tokens: 'key', cap: 100, dangling: false };

/** A list of rows with one date each; larger days are newer. */
function list(
  name: string,
  days: readonly (number | null)[],
  paging: Partial<Paging> = {},
  undated = false,
): ModelList {
  const rows = days.map((day, at) => ({ id: `${name}${at}`, day, hidden: false }));
  return new ModelList(name, rows, { ...GENEROUS, ...paging }, undated);
}

/** Days from 100 down. */
function many(count: number): number[] {
  return Array.from({ length: count }, (_, at) => 200 - at);
}

function readFirst(
  lists: readonly ModelList[],
  first: number,
  lookAhead = false,
): Promise<MergedPage<string>> {
  return readMerged({
    streams: lists.map((each) => each.stream()),
    start: lists.map(() => START),
    first,
    lookAhead,
  });
}

function idsOf(page: MergedPage<string>): string[] {
  return page.items.map(({ node }) => node);
}

function lastPositions(page: MergedPage<string>): Position[] {
  const last = page.items.at(-1);
  if (last === undefined) throw new Error('an empty page');
  return last.positions();
}

describe('readMerged', () => {
  it('gives the newest first, the earlier list first on equal dates, and undated items before dated ones', async () => {
    const lists = [list('a', [9, 5, 5]), list('b', [9, null, 1]), list('c', [null, null], {}, true)];
    expect(idsOf(await readFirst(lists, 100))).toEqual(['c0', 'c1', 'a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  });

  it('keeps the order of each list even where its dates are not in order', async () => {
    expect(idsOf(await readFirst([list('a', [1, 9]), list('b', [5])], 100))).toEqual(['b0', 'a0', 'a1']);
  });

  it('reads one page of each dated list for a fresh page', async () => {
    const lists = [list('a', many(50)), list('b', many(50)), list('c', [])];
    await readFirst(lists, 20);
    expect(lists.map(({ reads }) => reads)).toEqual([['[null,20]'], ['[null,20]'], ['[null,20]']]);
  });

  it('reads no dated list while an undated one has enough', async () => {
    const lists = [list('a', many(50)), list('b', [null, null, null], {}, true)];
    await readFirst(lists, 3);
    expect(lists.map(({ reads }) => reads.length)).toEqual([0, 1]);
    await readFirst(lists, 4);
    expect(lists.map(({ reads }) => reads.length)).toEqual([1, 1]);
  });

  it('says whether an item follows, with no further call where the list has said that it ends', async () => {
    const lists = [list('a', many(5))];
    expect(await readFirst(lists, 5, true)).toMatchObject({ hasNext: false });
    expect(lists[0]?.reads).toEqual(['[null,6]']);
    expect(await readFirst(lists, 4, true)).toMatchObject({ hasNext: true });
    expect(lists[0]?.reads).toEqual(['[null,5]']);
  });

  it('looks behind empty pages to say whether an item follows', async () => {
    const rows = many(8).map((day, at) => ({ id: `a${at}`, day, hidden: at >= 2 && at < 7 }));
    const lists = [new ModelList('a', rows, { ...GENEROUS, cap: 2 })];
    expect(await readFirst(lists, 2, true)).toMatchObject({ hasNext: true });
    expect(await readFirst(lists, 3, true)).toMatchObject({ hasNext: false });
  });

  it('does not look ahead unless it is asked to', async () => {
    const lists = [list('a', many(9), { cap: 3 })];
    await readFirst(lists, 3);
    expect(lists[0]?.reads).toEqual(['[null,3]']);
  });

  it('reads no page to look ahead where another list has an item in memory', async () => {
    const lists = [list('a', many(150)), list('b', [1])];
    const page = await readFirst(lists, 100, true);
    expect(idsOf(page)).toHaveLength(100);
    expect(page.hasNext).toBe(true);
    expect(lists.map(({ reads }) => reads)).toEqual([['[null,100]'], ['[null,100]']]);
  });

  it('keeps the whole page when only looking ahead fails, and takes it that more may follow', async () => {
    const a = list('a', many(120));
    const stream = a.stream();
    const failing = {
      ...stream,
      readPage(token: string | null, limit: number) {
        a.failing = token !== null;
        return stream.readPage(token, limit);
      },
    };
    const request = { streams: [failing, list('b', []).stream()], lookAhead: true };
    const page = await readMerged({ ...request, start: [START, START], first: 100 });
    expect(idsOf(page)).toHaveLength(100);
    expect(page).toMatchObject({ hasNext: true, failures: new Map() });
    expect(a.reads).toHaveLength(2);
    a.failing = false;
    const next = await readMerged({
      streams: [a.stream()],
      start: lastPositions(page),
      first: 1,
      lookAhead: true,
    });
    expect(idsOf(next)).toEqual(['a100']);
  });

  it('fails when looking ahead finds that a place is lost', async () => {
    const lists = [list('a', [null, null], {}, true), list('b', many(3), { cap: 1 })];
    const streams = lists.map((each) => each.stream());
    const lost: Position = {
      kind: 'after',
      token: null,
      limit: 1,
      place: 1,
      anchor: 'gone',
      before: [],
      after: [],
    };
    const reading = readMerged({ streams, start: [START, lost], first: 2, lookAhead: true });
    await expect(reading).rejects.toThrow(CursorExpiredError);
  });

  it('reads nothing for no items, and one item to say whether there are any', async () => {
    const lists = [list('a', many(3))];
    expect(await readFirst(lists, 0)).toMatchObject({ items: [], hasNext: false });
    expect(lists[0]?.reads).toEqual([]);
    expect(await readFirst(lists, 0, true)).toMatchObject({ items: [], hasNext: true });
    expect(lists[0]?.reads).toEqual(['[null,1]']);
    expect(await readFirst([list('b', [])], 0, true)).toMatchObject({ items: [], hasNext: false });
  });

  it('says which list failed when all that is asked is whether there are items', async () => {
    const failing = list('a', many(3));
    failing.failing = true;
    const page = await readFirst([failing, list('b', [])], 0, true);
    expect(page.hasNext).toBe(true);
    expect([...page.failures.keys()]).toEqual([0]);
  });

  it('never asks for more than a hundred rows', async () => {
    const lists = [list('a', many(150))];
    const page = await readFirst(lists, 100, true);
    expect(idsOf(page)).toHaveLength(100);
    expect(page.hasNext).toBe(true);
    expect(lists[0]?.reads.map((read) => read.slice(-5))).toEqual([',100]', ',100]']);
  });

  it('goes on with one call per list, however far the walk has come in the first hundred', async () => {
    const lists = [list('a', many(80)), list('b', many(80))];
    await walk({
      lists,
      firsts: [7],
      lookAhead: true,
      afterPage: () => expect(lists.every(({ reads }) => reads.length <= 1)).toBe(true),
    });
  });

  it('does not read a list again that has ended', async () => {
    const lists = [
      list('a', [99, 98]),
      list(
        'b',
        many(9).map((day) => day - 150),
      ),
    ];
    const page = await readFirst(lists, 4);
    expect(idsOf(page)).toEqual(['a0', 'a1', 'b0', 'b1']);
    const positions = lastPositions(page);
    expect(positions[0]).toEqual(END);
    const next = await readMerged({
      streams: lists.map((each) => each.stream()),
      start: positions,
      first: 4,
      lookAhead: false,
    });
    expect(idsOf(next)).toEqual(['b2', 'b3', 'b4', 'b5']);
    expect(lists.map(({ reads }) => reads.length)).toEqual([0, 1]);
  });

  it('leaves out a list that fails, says so, and lets it begin where it stood', async () => {
    const lists = [list('a', [9, 7, 5]), list('b', [8, 6])];
    const [a] = lists;
    if (a === undefined) throw new Error('no list');
    a.failing = true;
    const page = await readFirst(lists, 2, true);
    expect(idsOf(page)).toEqual(['b0', 'b1']);
    expect(page.hasNext).toBe(true);
    expect([...page.failures.keys()]).toEqual([0]);
    a.failing = false;
    const next = await readMerged({
      streams: lists.map((each) => each.stream()),
      start: lastPositions(page),
      first: 5,
      lookAhead: true,
    });
    expect(idsOf(next)).toEqual(['a0', 'a1', 'a2']);
    expect(next).toMatchObject({ hasNext: false, failures: new Map() });
  });

  it('leaves out a whole list when one of its items cannot be read', async () => {
    const good = list('a', [9, 7]);
    const stream = list('b', [8, 6]).stream();
    const broken = {
      ...stream,
      readPage: async (token: string | null, limit: number) => {
        const { items, nextToken } = await stream.readPage(token, limit);
        const failing = items.with(1, {
          ...(items[1] ?? { id: '', date: null }),
          read: () => Promise.reject(new UpstreamUnavailableError('MAPLE', 'an item is gone')),
        });
        return { items: failing, nextToken };
      },
    };
    const request = { streams: [good.stream(), broken], start: [START, START], lookAhead: true };
    const page = await readMerged({ ...request, first: 4 });
    expect(idsOf(page)).toEqual(['a0', 'a1']);
    expect([...page.failures.keys()]).toEqual([1]);
    // The item that cannot be read is not part of a shorter page.
    expect(idsOf(await readMerged({ ...request, first: 2 }))).toEqual(['a0', 'b0']);
  });

  it('does not take a fault of ours for a failure of the upstream', async () => {
    const stream = { ...list('a', [1]).stream(), readPage: () => Promise.reject(new RangeError('a fault')) };
    const reading = readMerged({ streams: [stream], start: [START], first: 1, lookAhead: false });
    await expect(reading).rejects.toThrow(RangeError);
  });

  it('gives each item the positions right after it in every list', async () => {
    const lists = [list('a', [9, 6, 3]), list('b', [8, 7, 2])];
    const page = await readFirst(lists, 6);
    const rest: string[][] = [];
    for (const item of page.items) {
      const streams = lists.map((each) => each.stream());
      rest.push(idsOf(await readMerged({ streams, start: item.positions(), first: 6, lookAhead: false })));
    }
    const order = ['a0', 'b0', 'b1', 'a1', 'a2', 'b2'];
    expect(rest).toEqual(order.map((_, at) => order.slice(at + 1)));
  });
});
