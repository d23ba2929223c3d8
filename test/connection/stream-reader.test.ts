import { describe, expect, it } from 'vitest';
import type { Position } from '../../src/connection/position.ts';
import { fingerprint, START } from '../../src/connection/position.ts';
import { emptyStream, StreamReader } from '../../src/connection/stream-reader.ts';
import type { Stream } from '../../src/connection/stream.ts';
import { CursorExpiredError } from '../../src/errors/gateway-error.ts';
import { UpstreamInvalidResponseError, UpstreamRejectedError } from '../../src/errors/upstream-error.ts';
import { ModelList, type Paging } from './model-list.ts';
import { idsFrom, placeAfter, take } from './take.ts';

function list(length: number, paging: Partial<Paging> = {}): ModelList {
  const rows = Array.from({ length }, (_, at) => ({ id: `i${at}`, day: 200 - at, hidden: false }));
  return new ModelList('list', rows, { tokens: 'key', cap: 100, dangling: false, ...paging });
}

/** Removes by id. */
function remove(items: ModelList, ...ids: string[]): void {
  for (const id of ids) items.remove(items.rows.findIndex((row) => row.id === id));
}

describe('a position', () => {
  it('is found again after its anchor was moved on by insertions', async () => {
    const items = list(12);
    const position = await placeAfter(items, 3);
    for (let added = 0; added < 50; added += 1) items.insert(0, `new${added}`);
    expect(await idsFrom(items, position)).toEqual(['i3', 'i4', 'i5', 'i6', 'i7', 'i8', 'i9', 'i10', 'i11']);
    // The page of the anchor, and one larger one in place of many small ones.
    expect(items.reads).toEqual(['[null,13]', '[null,100]']);
  });

  it.each([
    ['page7', CursorExpiredError],
    [null, UpstreamRejectedError],
  ])('whose page is refused with the token %s is answered by %o', async (token, failure) => {
    const refusing: Stream<string> = {
      key: 'refusing',
      provider: 'MAPLE',
      readPage: () => Promise.reject(new UpstreamRejectedError('MAPLE', 'refused', 400)),
    };
    const position = {
      kind: 'after',
      token,
      limit: 2,
      place: 1,
      anchor: 'a',
      before: [],
      after: [],
    } as const;
    await expect(new StreamReader(refusing, position, 2).peek()).rejects.toThrow(failure);
  });

  it('is found again when its anchor went away, by the item before it', async () => {
    const items = list(6);
    const position = await placeAfter(items, 3);
    remove(items, 'i2');
    expect(await idsFrom(items, position)).toEqual(['i3', 'i4', 'i5']);
  });

  it('is found again when its anchor went away, by the item after it', async () => {
    const items = list(6, { cap: 1 });
    const reader = new StreamReader(items.stream(), START, 4);
    await take(reader, 2);
    const head = await reader.peek();
    reader.take();
    await reader.peek();
    remove(items, 'i2');
    expect(await idsFrom(items, head?.position() ?? START)).toEqual(['i3', 'i4', 'i5']);
  });

  it('is given up when its anchor went away and nothing around it is known', async () => {
    const items = list(6, { cap: 1 });
    const position = await placeAfter(items, 3);
    expect(position).toMatchObject({ place: 0, before: [], after: [] });
    remove(items, 'i2');
    await expect(idsFrom(items, position)).rejects.toThrow(CursorExpiredError);
  });

  it('is found again when its anchor and items around it went away', async () => {
    const items = list(20);
    const position = await placeAfter(items, 5, 12);
    remove(items, 'i2', 'i3', 'i4', 'i5', 'i6');
    expect(await idsFrom(items, position)).toEqual([
      'i7',
      'i8',
      'i9',
      'i10',
      'i11',
      'i12',
      'i13',
      'i14',
      'i15',
      'i16',
    ]);
  });

  it('is the start of the list when all that was before it went away', async () => {
    const items = list(4);
    const position = await placeAfter(items, 2);
    remove(items, 'i0', 'i1');
    expect(await idsFrom(items, position)).toEqual(['i2', 'i3']);
  });

  it('is found by the nearest item that is left, though a farther one comes on an earlier page', async () => {
    const items = list(20, { cap: 4 });
    const position = await placeAfter(items, 8);
    expect(position).toMatchObject({ place: 3, after: [] });
    // The page of i4 to i7 keeps i4 alone; i5 and i6 move to the page after it.
    for (const id of ['x', 'y', 'z']) items.insert(5, id);
    remove(items, 'i7');
    expect((await idsFrom(items, position)).slice(0, 3)).toEqual(['i8', 'i9', 'i10']);
  });

  it('is given up when a page that offsets count has moved on past all that is known', async () => {
    const items = list(12, { tokens: 'offset', cap: 4 });
    const { last } = await take(new StreamReader(items.stream(), START, 8), 6);
    remove(items, 'i0', 'i1', 'i2', 'i3');
    await expect(idsFrom(items, last)).rejects.toThrow(CursorExpiredError);
  });

  it('is not guessed when a page that offsets count begins behind items that were never given', async () => {
    const items = list(12, { tokens: 'offset', cap: 4 });
    const { last } = await take(new StreamReader(items.stream(), START, 8), 5);
    // The page now begins with i6; i5 has not been given.
    remove(items, 'i0', 'i1');
    await expect(idsFrom(items, last)).rejects.toThrow(CursorExpiredError);
  });

  it('is given up after a bounded search, since the anchor may still come', async () => {
    const items = list(40, { cap: 3 });
    const { last } = await take(new StreamReader(items.stream(), START, 8), 5);
    expect(last).toMatchObject({ place: 1, before: [fingerprint('i3')], after: [fingerprint('i5')] });
    remove(items, 'i4');
    for (let added = 0; added < 100; added += 1) items.insert(4, `new${added}`);
    const reader = new StreamReader(items.stream(), last, 1);
    await expect(reader.peek()).rejects.toThrow(CursorExpiredError);
    expect(items.reads).toHaveLength(5);
  });

  it('is looked for in a bounded number of pages, also when an item before it is found late', async () => {
    const items = list(60, { cap: 2 });
    const { last } = await take(new StreamReader(items.stream(), START, 4), 4);
    remove(items, 'i3');
    for (let added = 0; added < 4; added += 1) items.insert(2, `new${added}`);
    const reader = new StreamReader(items.stream(), last, 1);
    expect((await reader.peek())?.item.id).toBe('i4');
    expect(items.reads.length).toBeLessThanOrEqual(6);
  });

  it('at the end of the list costs no call', async () => {
    const items = list(3);
    const position = await placeAfter(items, 3, 5);
    expect(position).toEqual({ kind: 'end' });
    expect(await idsFrom(items, position)).toEqual([]);
    expect(items.reads).toEqual([]);
  });

  it('is the end also when only empty pages followed, as far as they were read', async () => {
    const items = list(3, { dangling: true });
    const reader = new StreamReader(items.stream(), START, 4);
    await take(reader, 2);
    const head = await reader.peek();
    reader.take();
    expect(head?.position()).toMatchObject({ kind: 'after', after: [] });
    expect(await reader.peek()).toBeUndefined();
    expect(head?.position()).toEqual({ kind: 'end' });
  });

  it('keeps the page size that its token was given for', async () => {
    const items = list(30, { cap: 5 });
    const { last } = await take(new StreamReader(items.stream(), START, 7), 7);
    await take(new StreamReader(items.stream(), last, 20), 9);
    expect(items.reads.map((read) => read.slice(read.lastIndexOf(',')))).toEqual([',7]', ',7]', ',7]']);
  });
});

describe('a stream reader', () => {
  it('tells with no call what it has read already', async () => {
    const items = list(4, { cap: 2 });
    const reader = new StreamReader(items.stream(), START, 4);
    expect(reader.loaded()).toBeUndefined();
    await reader.peek();
    expect(reader.loaded()?.item.id).toBe('i0');
    reader.take();
    expect(reader.loaded()?.item.id).toBe('i1');
    reader.take();
    expect(reader.loaded()).toBeUndefined();
    expect(items.reads).toHaveLength(1);
    expect((await reader.peek())?.item.id).toBe('i2');
  });

  it.each([
    ['names itself', { start: 'a', a: 'a' }],
    ['leads back to an earlier one', { start: 'a', a: 'b', b: 'c', c: 'a' }],
    ['leads back without any item', { start: 'a', a: 'b', b: 'a' }],
  ])('ends with an error when a page token %s', async (what, links: Record<string, string>) => {
    let reads = 0;
    const looping: Stream<string> = {
      key: 'list',
      provider: 'METRONOME',
      readPage: (token) => {
        reads += 1;
        const id = `after ${token ?? 'start'}`;
        const items = what.includes('without') ? [] : [{ id, date: null, read: () => id }];
        return Promise.resolve({ items, nextToken: links[token ?? 'start'] ?? null });
      },
    };
    const walking = take(new StreamReader(looping, START, 100), 100);
    await expect(walking).rejects.toThrow(UpstreamInvalidResponseError);
    expect(reads).toBeLessThanOrEqual(4);
  });

  it('finds a repeated token where it goes on from a cursor', async () => {
    const looping: Stream<string> = {
      key: 'list',
      provider: 'METRONOME',
      readPage: () =>
        Promise.resolve({ items: [{ id: 'i', date: null, read: () => 'i' }], nextToken: 'same' }),
    };
    const start: Position = {
      kind: 'after',
      token: 'same',
      limit: 1,
      place: 0,
      anchor: '',
      before: [],
      after: [],
    };
    await expect(new StreamReader(looping, start, 1).peek()).rejects.toThrow(UpstreamInvalidResponseError);
  });

  it('reads a page only when an item of it is asked for', async () => {
    const items = list(9, { cap: 3 });
    await take(new StreamReader(items.stream(), START, 9), 3);
    expect(items.reads).toHaveLength(1);
  });

  it('tries again after a failure', async () => {
    const items = list(2);
    items.failing = true;
    const reader = new StreamReader(
      { ...items.stream(), readPage: (token, limit) => items.stream().readPage(token, limit) },
      START,
      2,
    );
    await expect(reader.peek()).rejects.toThrow('is down');
    items.failing = false;
    expect((await take(reader, 2)).ids).toEqual(['i0', 'i1']);
  });

  it('asks for the page size that the stream sets', async () => {
    const items = list(3);
    await take(new StreamReader({ ...items.stream(), pageLimit: 100 }, START, 1), 1);
    expect(items.reads).toEqual(['[null,100]']);
  });

  it('gives nothing of an empty stream', async () => {
    const nothing = emptyStream<string>({ key: 'list', provider: 'MAPLE' });
    expect(await new StreamReader(nothing, START, 3).peek()).toBeUndefined();
  });
});
