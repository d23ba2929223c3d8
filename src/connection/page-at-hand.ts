import type { MergedItem, MergedPage } from './merge.ts';
import { Page } from './page.ts';
import type { Position } from './position.ts';
import { MAX_PAGE_LIMIT, type StreamAtHand } from './stream.ts';

/**
 * The first page of a stream that is at hand as a whole: what `readMerged` gives of it from its start, without waiting.
 *
 * @param first how many items to give at most
 * @param lookAhead whether to find out if an item follows the last one given
 */
export function pageAtHand<T>(stream: StreamAtHand<T>, first: number, lookAhead: boolean): MergedPage<T> {
  const nodes = stream.atHand.nodes.slice(0, first);
  const limit = stream.pageLimit ?? Math.min(Math.max(first + (lookAhead ? 1 : 0), 1), MAX_PAGE_LIMIT);
  const places = new PlacesAtHand(stream, limit);
  return {
    items: nodes.map((node, place) => new ItemAtHand(node, place, places)),
    hasNext: lookAhead && stream.atHand.nodes.length > first,
    failures: NO_FAILURES,
  };
}

const NO_FAILURES: MergedPage<unknown>['failures'] = new Map();

/** Most cursors are never asked for, and the ids that they are made of neither. */
class PlacesAtHand<T> {
  readonly #stream: StreamAtHand<T>;
  readonly #limit: number;
  #page: Page<T> | null = null;

  constructor(stream: StreamAtHand<T>, limit: number) {
    this.#stream = stream;
    this.#limit = limit;
  }

  after(place: number): Position[] {
    this.#page ??= new Page({ items: this.#stream.atHand.items(), nextToken: null }, null, this.#limit);
    return [this.#page.positionAfter(place)];
  }
}

class ItemAtHand<T> implements MergedItem<T> {
  readonly node: T;
  readonly #place: number;
  readonly #places: PlacesAtHand<T>;

  constructor(node: T, place: number, places: PlacesAtHand<T>) {
    this.node = node;
    this.#place = place;
    this.#places = places;
  }

  positions(): Position[] {
    return this.#places.after(this.#place);
  }
}
