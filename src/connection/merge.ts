import { UpstreamError } from '../errors/upstream-error.ts';
import { compareInstants } from '../time/instant.ts';
import { START, type Position } from './position.ts';
import { StreamReader, type PlacedItem } from './stream-reader.ts';
import type { Stream } from './stream.ts';

/** What one walk step over one or several streams gives. */
export interface MergedPage<T> {
  readonly items: readonly MergedItem<T>[];
  /**
   * Exact where `lookAhead` was asked for; also true while a stream that failed, here or in the look-ahead, may hold
   * more.
   */
  readonly hasNext: boolean;
  /** By stream index: streams whose part is missing. Their positions have not moved. */
  readonly failures: ReadonlyMap<number, UpstreamError>;
}

/** One item of a merged page. */
export interface MergedItem<T> {
  readonly node: T;
  /** One position per stream, right after this item. */
  positions(): Position[];
}

interface MergeRequest<T> {
  readonly streams: readonly Stream<T>[];
  /** Where to begin, one per stream. */
  readonly start: readonly Position[];
  /** How many items to give at most. */
  readonly first: number;
  /** Whether to find out if an item follows the last one given; may cost an upstream page. */
  readonly lookAhead: boolean;
  /** Waits before rows become objects, where much has been done at a stretch. */
  readonly takeTurn?: () => Promise<void> | null;
}

interface Picked<T> {
  readonly index: number;
  readonly placed: PlacedItem<T>;
}

/**
 * Reads the next items of several streams, newest first by comparing their heads; each stream keeps its own order, and
 * on equal dates the earlier stream of the list goes first. Only as many upstream pages are read as the answer needs.
 *
 * A stream that fails with an UpstreamError gives no item to this page at all, so that what it holds comes later
 * instead of never; the others go on.
 *
 * @throws CursorExpiredError when a position cannot be found again
 */
export async function readMerged<T>(request: MergeRequest<T>): Promise<MergedPage<T>> {
  const failures = new Map<number, UpstreamError>();
  const wanted = request.first + (request.lookAhead ? 1 : 0);
  // Each round leaves one stream more out, so this ends; upstream pages are read once however many rounds there are.
  for (;;) {
    const failed = failures.size;
    const readers = request.streams.map(
      (stream, index) => new StreamReader(stream, request.start[index] ?? START, wanted),
    );
    const picked = await pick(readers, request.first, failures);
    // A page that is to have no items is asked for what comes next alone, so there a failure is not just a look ahead.
    if (wanted > 0 && request.first === 0) await newestHead(readers, failures);
    if (failures.size > failed) continue;
    await request.takeTurn?.();
    const items = await readNodes(request, picked, failures);
    if (failures.size > failed) continue;
    const hasNext = failures.size > 0 || (request.lookAhead && (await hasItem(readers)));
    return { items, hasNext, failures };
  }
}

async function pick<T>(
  readers: readonly StreamReader<T>[],
  first: number,
  failures: Map<number, UpstreamError>,
): Promise<Picked<T>[]> {
  const picked: Picked<T>[] = [];
  while (picked.length < first) {
    const head = await newestHead(readers, failures);
    if (head === undefined) break;
    picked.push(head);
    readers[head.index]?.take();
  }
  return picked;
}

/**
 * Whether any reader has a further item. One that is in memory proves it without a call. A stream that cannot be read
 * may hold more, but nothing of it is missing yet, so this counts as an item and not as a failure.
 */
async function hasItem<T>(readers: readonly StreamReader<T>[]): Promise<boolean> {
  if (readers.some((reader) => reader.loaded() !== undefined)) return true;
  for (const reader of readers) {
    try {
      if ((await reader.peek()) !== undefined) return true;
    } catch (error) {
      if (error instanceof UpstreamError) return true;
      throw error;
    }
  }
  return false;
}

async function newestHead<T>(
  readers: readonly StreamReader<T>[],
  failures: Map<number, UpstreamError>,
): Promise<Picked<T> | undefined> {
  const live = readers
    .map((reader, index) => ({ reader, index }))
    .filter(({ index }) => !failures.has(index));
  const dated = live.filter(({ reader }) => reader.stream.undated !== true);
  for (const { reader, index } of live.filter(({ reader }) => reader.stream.undated === true)) {
    const placed = reader.loaded() ?? (await peek(reader, index, failures));
    if (placed !== undefined) return { index, placed };
  }
  const unread = dated.filter(({ reader }) => reader.loaded() === undefined);
  if (unread.length > 0)
    await Promise.all(unread.map(async ({ reader, index }) => peek(reader, index, failures)));
  let newest: Picked<T> | undefined;
  for (const { reader, index } of dated) {
    const placed = reader.loaded();
    if (placed !== undefined && (newest === undefined || isNewer(placed, newest.placed)))
      newest = { index, placed };
  }
  return newest;
}

function isNewer<T>(a: PlacedItem<T>, b: PlacedItem<T>): boolean {
  if (b.item.date === null) return false;
  return a.item.date === null || compareInstants(a.item.date, b.item.date) > 0;
}

async function peek<T>(
  reader: StreamReader<T>,
  index: number,
  failures: Map<number, UpstreamError>,
): Promise<PlacedItem<T> | undefined> {
  try {
    return await reader.peek();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    failures.set(index, error);
    return undefined;
  }
}

async function readNodes<T>(
  request: MergeRequest<T>,
  picked: readonly Picked<T>[],
  failures: Map<number, UpstreamError>,
): Promise<MergedItem<T>[]> {
  const outcomes = await Promise.allSettled(picked.map(async ({ placed }) => placed.item.read()));
  const items: MergedItem<T>[] = [];
  const latest = new Map<number, PlacedItem<T>>();
  for (const [at, { index, placed }] of picked.entries()) {
    const outcome = outcomes[at];
    latest.set(index, placed);
    if (outcome?.status === 'fulfilled') {
      const places = new Map(latest);
      items.push({ node: outcome.value, positions: () => positionsOf(request, places) });
      continue;
    }
    const error: unknown = outcome?.reason;
    if (!(error instanceof UpstreamError)) throw error;
    if (!failures.has(index)) failures.set(index, error);
  }
  return items;
}

function positionsOf<T>(request: MergeRequest<T>, places: ReadonlyMap<number, PlacedItem<T>>): Position[] {
  return request.streams.map((_, index) => places.get(index)?.position() ?? request.start[index] ?? START);
}
