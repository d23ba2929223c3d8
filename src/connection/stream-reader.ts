import { CursorExpiredError } from '../errors/gateway-error.ts';
import { UpstreamInvalidResponseError } from '../errors/upstream-error.ts';
import { END, fingerprint, REMEMBERED_BEFORE, type AfterPosition, type Position } from './position.ts';
import { MAX_PAGE_LIMIT, type Stream, type StreamItem, type StreamPage } from './stream.ts';

/** An item together with the page that it was read from. */
export interface PlacedItem<T> {
  readonly item: StreamItem<T>;
  /** The place right after this item; computed on demand, since most cursors are never asked for. */
  position(): Position;
}

interface Page<T> extends StreamPage<T> {
  readonly token: string | null;
  readonly limit: number;
}

/** How many pages past its own an anchor is looked for, when items inserted before it have moved it on. */
const PAGES_TO_SEARCH = 3;

/**
 * Reads one stream forward from a position, a page at a time and only when an item is asked for.
 *
 * A position that is not the start is found again by re-reading the anchor's page and looking for the anchor. Neither
 * upstream says whether its page tokens stay put under writes (metronome.md section 17 point 2), so a token alone could
 * skip or repeat items; the anchor cannot.
 */
export class StreamReader<T> {
  readonly stream: Stream<T>;
  #start: Position;
  readonly #wanted: number;
  readonly #seenTokens = new Set<string>();
  #page: Page<T> | undefined;
  #next = 0;
  #opened = false;

  /** @param wanted how many items will be taken at most; sizes the first page. */
  constructor(stream: Stream<T>, start: Position, wanted: number) {
    this.stream = stream;
    this.#start = start;
    this.#wanted = Math.max(wanted, 1);
  }

  /**
   * The next item without taking it; undefined at the end of the stream.
   *
   * @throws UpstreamError, or CursorExpiredError when the position cannot be found again
   */
  async peek(): Promise<PlacedItem<T> | undefined> {
    if (!this.#opened) await this.#open();
    while (this.#page !== undefined) {
      const page = this.#page;
      const item = page.items[this.#next];
      if (item !== undefined) return placedItem(page, item, this.#next);
      if (page.nextToken === null) return undefined;
      await this.#turn(page);
    }
    return undefined;
  }

  /** Moves past the item that `peek` gave. */
  take(): void {
    this.#next += 1;
  }

  async #open(): Promise<void> {
    const start = this.#start;
    switch (start.kind) {
      case 'start':
        this.#page = await this.#read(null, this.#firstLimit(0));
        break;
      case 'after':
        await this.#resume(start);
        break;
      case 'end':
        break;
    }
    this.#opened = true;
  }

  /** One call answers the first page, wherever in it the reading goes on. */
  #firstLimit(places: number): number {
    return this.stream.pageLimit ?? Math.min(places + this.#wanted, MAX_PAGE_LIMIT);
  }

  async #resume(start: AfterPosition): Promise<void> {
    // Parameters must not change while paging (metronome.md section 1.3), but the first page has no token to keep them for.
    const limit = start.token === null ? this.#firstLimit(start.place + 1) : start.limit;
    let page = await this.#read(start.token, Math.max(limit, start.limit));
    let fallback: { page: Page<T>; next: number } | undefined;
    for (let searched = 0; ; searched += 1) {
      const prints = page.items.map(({ id }) => fingerprint(id));
      const place = prints.indexOf(start.anchor);
      if (place !== -1) return this.#settle(page, place + 1);
      const remembered = start.before.map((print) => prints.indexOf(print)).find((index) => index !== -1);
      if (remembered !== undefined && fallback === undefined) fallback = { page, next: remembered + 1 };
      const enough = fallback === undefined ? PAGES_TO_SEARCH : 1;
      if (page.nextToken === null || searched === enough) break;
      page = await this.#read(page.nextToken, page.limit);
    }
    // The anchor itself was removed: the nearest item before it that is left marks the same place.
    if (fallback === undefined) throw new CursorExpiredError();
    this.#seenTokens.clear();
    this.#settle(fallback.page, fallback.next);
  }

  #settle(page: Page<T>, next: number): void {
    this.#page = page;
    this.#next = next;
  }

  async #turn(page: Page<T>): Promise<void> {
    this.#page = await this.#read(page.nextToken, page.limit);
    this.#next = 0;
  }

  async #read(token: string | null, limit: number): Promise<Page<T>> {
    if (token !== null) this.#seenTokens.add(token);
    const { items, nextToken } = await this.stream.readPage(token, limit);
    if (nextToken !== null && this.#seenTokens.has(nextToken)) {
      throw new UpstreamInvalidResponseError(this.stream.provider, 'The provider repeated a page token.');
    }
    return { items, nextToken, token, limit };
  }
}

function placedItem<T>(page: Page<T>, item: StreamItem<T>, place: number): PlacedItem<T> {
  return {
    item,
    position() {
      if (page.nextToken === null && place === page.items.length - 1) return END;
      const before = page.items.slice(Math.max(0, place - REMEMBERED_BEFORE), place).toReversed();
      const prints = before.map(({ id }) => fingerprint(id));
      return { kind: 'after', token: page.token, limit: page.limit, place, anchor: fingerprint(item.id), before: prints };
    },
  };
}

/** A stream that has nothing, such as that of a provider where the account has no customer. */
export function emptyStream<T>(stream: Pick<Stream<T>, 'key' | 'provider'>): Stream<T> {
  return { ...stream, readPage: () => Promise.resolve({ items: [], nextToken: null }) };
}

