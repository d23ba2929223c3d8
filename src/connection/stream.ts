import type { Provider } from '../provider.ts';
import type { Instant } from '../time/instant.ts';

/**
 * One upstream's list in the upstream's own order, read forward page by page. What a connection is made of.
 */
export interface Stream<T> {
  /** Names the list among those that a connection merges; part of what a cursor is bound to. */
  readonly key: string;
  readonly provider: Provider;
  /**
   * True where the upstream dates nothing in this list. Undated items count as newest, so such a list is read to its
   * end before any list after it is read at all.
   */
  readonly undated?: boolean;
  /** The page size to ask for, where the number of items wanted says nothing about it. */
  readonly pageLimit?: number;
  /** Set where the whole list is at hand. */
  readonly atHand?: StreamAtHand<T>['atHand'];
  /**
   * Reads one page.
   *
   * @param token null for the first page, else the `nextToken` of the page before, with the same limit.
   * @param limit at least 1 and at most MAX_PAGE_LIMIT.
   * @throws UpstreamError
   */
  readPage(token: string | null, limit: number): Promise<StreamPage<T>>;
}

/** A stream of a single page that needs no read. */
export interface StreamAtHand<T> extends Stream<T> {
  readonly atHand: {
    readonly nodes: readonly T[];
    /** The rows that stand for them, one each, in the same order. */
    items(): readonly StreamItem<T>[];
  };
}

/** Whether a stream needs no read. */
export function isAtHand<T>(stream: Stream<T>): stream is StreamAtHand<T> {
  return stream.atHand !== undefined;
}

/** Both upstreams give at most this many rows a page (metronome.md section 1.3, maple.md section 1.3). */
export const MAX_PAGE_LIMIT = 100;

/** One upstream page. It may be empty and still have a token. */
export interface StreamPage<T> {
  readonly items: readonly StreamItem<T>[];
  /** Null after the last page. */
  readonly nextToken: string | null;
}

/** One row of a list, not yet turned into the object that it stands for. */
export interface StreamItem<T> {
  /** Unique in the list and stable: cursors find the place again by it. */
  readonly id: string;
  /** The date that orders merged lists; null counts as newest. */
  readonly date: Instant | null;
  /** The object. Called only for items that the answer holds; may need further upstream reads. */
  read(): T | Promise<T>;
}
