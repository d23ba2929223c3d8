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
    if (wanted > 0 && request.first === 0) await readHeads(readers, failures);
    if (failures.size > failed) continue;
    const turn = request.takeTurn?.() ?? null;
    if (turn !== null) await turn;
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
    // A wait for each item would cost more than all else that is done for it.
    if (unreadHeads(readers, failures).length > 0) await readHeads(readers, failures);
    const head = newestHead(readers, failures);
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

/** Reads until the newest head is known. */
async function readHeads<T>(
  readers: readonly StreamReader<T>[],
  failures: Map<number, UpstreamError>,
): Promise<void> {
  for (;;) {
    const unread = unreadHeads(readers, failures);
    if (unread.length === 0) return;
    await Promise.all(unread.map((index) => readHead(readers, index, failures)));
  }
}

/** The streams to read next, before it can be said which head is the newest; none where that can be said. */
function unreadHeads<T>(
  readers: readonly StreamReader<T>[],
  failures: ReadonlyMap<number, UpstreamError>,
): number[] {
  const dated: number[] = [];
  for (const [index, reader] of readers.entries()) {
    if (failures.has(index)) continue;
    if (reader.stream.undated !== true) {
      if (reader.needsRead()) dated.push(index);
    } else if (reader.needsRead()) return [index];
    else if (reader.loaded() !== undefined) return [];
  }
  return dated;
}

/** Of what has been read. */
function newestHead<T>(
  readers: readonly StreamReader<T>[],
  failures: ReadonlyMap<number, UpstreamError>,
): Picked<T> | undefined {
  let newest: Picked<T> | undefined;
  for (const [index, reader] of readers.entries()) {
    const placed = failures.has(index) ? undefined : reader.loaded();
    if (placed === undefined) continue;
    if (reader.stream.undated === true) return { index, placed };
    if (newest === undefined || isNewer(placed, newest.placed)) newest = { index, placed };
  }
  return newest;
}

function isNewer<T>(a: PlacedItem<T>, b: PlacedItem<T>): boolean {
  if (b.item.date === null) return false;
  return a.item.date === null || compareInstants(a.item.date, b.item.date) > 0;
}

async function readHead<T>(
  readers: readonly StreamReader<T>[],
  index: number,
  failures: Map<number, UpstreamError>,
): Promise<void> {
  try {
    await readers[index]?.peek();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    failures.set(index, error);
  }
}

/** What reading one row has come to. */
type Outcome<T> = { readonly node: T } | { readonly error: unknown };

async function readNodes<T>(
  request: MergeRequest<T>,
  picked: readonly Picked<T>[],
  failures: Map<number, UpstreamError>,
): Promise<MergedItem<T>[]> {
  const outcomes = picked.map(({ placed }) => readNode(placed));
  const waiting = outcomes.filter((outcome) => outcome instanceof Promise);
  if (waiting.length > 0) await Promise.all(waiting);
  const items: MergedItem<T>[] = [];
  for (const [at, { index }] of picked.entries()) {
    const outcome = outcomes[at];
    const known = outcome instanceof Promise ? await outcome : outcome;
    if (known === undefined) continue;
    if ('node' in known) {
      items.push({ node: known.node, positions: () => positionsOf(request, picked.slice(0, at + 1)) });
      continue;
    }
    if (!(known.error instanceof UpstreamError)) throw known.error;
    if (!failures.has(index)) failures.set(index, known.error);
  }
  return items;
}

/** At once where the row needs no further read. Never throws or rejects, so that none is left unheard. */
function readNode<T>({ item }: PlacedItem<T>): Outcome<T> | Promise<Outcome<T>> {
  try {
    const node = item.read();
    if (!(node instanceof Promise)) return { node };
    return node.then(
      (node): Outcome<T> => ({ node }),
      (error: unknown): Outcome<T> => ({ error }),
    );
  } catch (error) {
    return { error };
  }
}

/** @param taken all items up to the one that the positions are right after */
function positionsOf<T>(request: MergeRequest<T>, taken: readonly Picked<T>[]): Position[] {
  return request.streams.map(
    (_, index) =>
      taken.findLast((picked) => picked.index === index)?.placed.position() ?? request.start[index] ?? START,
  );
}
