import { UpstreamError } from '../errors/upstream-error.ts';
import { compareInstants } from '../time/instant.ts';
import { START, type Position } from './position.ts';
import { StreamReader, type PlacedItem } from './stream-reader.ts';
import type { Stream } from './stream.ts';

/** What one walk step over one or several streams gives. */
export interface MergedPage<T> {
  readonly items: readonly MergedItem<T>[];
  /** Exact where `lookAhead` was asked for; also true while a failed stream may hold more. */
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
  // Each round leaves one stream more out, so this ends; upstream pages are read once however many rounds there are.
  for (;;) {
    const failed = failures.size;
    const { picked, hasMore } = await pick(request, failures);
    if (failures.size > failed) continue;
    const items = await readNodes(request, picked, failures);
    if (failures.size > failed) continue;
    return { items, hasNext: hasMore || failures.size > 0, failures };
  }
}

async function pick<T>(
  request: MergeRequest<T>,
  failures: Map<number, UpstreamError>,
): Promise<{ picked: Picked<T>[]; hasMore: boolean }> {
  const wanted = request.first + (request.lookAhead ? 1 : 0);
  const picked: Picked<T>[] = [];
  if (wanted === 0) return { picked, hasMore: false };
  const readers = request.streams.map(
    (stream, index) => new StreamReader(stream, request.start[index] ?? START, wanted),
  );
  while (picked.length < wanted) {
    const head = await newestHead(readers, failures);
    if (head === undefined) break;
    picked.push(head);
    readers[head.index]?.take();
  }
  return { picked: picked.slice(0, request.first), hasMore: picked.length > request.first };
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
    const placed = await peek(reader, index, failures);
    if (placed !== undefined) return { index, placed };
  }
  const heads = await Promise.all(
    dated.map(async ({ reader, index }) => ({ index, placed: await peek(reader, index, failures) })),
  );
  let newest: Picked<T> | undefined;
  for (const { index, placed } of heads) {
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
