import { CursorExpiredError } from '../errors/gateway-error.ts';
import { UpstreamInvalidResponseError, UpstreamRejectedError } from '../errors/upstream-error.ts';
import { findPlace } from './find-place.ts';
import { Page } from './page.ts';
import type { AfterPosition, Position } from './position.ts';
import { MAX_PAGE_LIMIT, type Stream, type StreamItem } from './stream.ts';

/** An item together with its place. */
export interface PlacedItem<T> {
  readonly item: StreamItem<T>;
  /** The place right after this item; computed on demand, since most cursors are never asked for. */
  position(): Position;
}

/**
 * Reads one stream forward from a position, a page at a time and only when an item is asked for.
 *
 * A position that is not the start is found again by re-reading the anchor's page and looking for the anchor. Neither
 * upstream says whether its page tokens stay put under writes (metronome.md section 17 point 2), so a token alone could
 * skip or repeat items; the anchor, where its neighbours bear it out, does not.
 */
export class StreamReader<T> {
  readonly stream: Stream<T>;
  readonly #start: Position;
  readonly #wanted: number;
  readonly #seenTokens = new Set<string>();
  #page: Page<T> | undefined;
  #next = 0;
  #opened = false;
  /** What `loaded` gives until it is taken. */
  #head: PlacedItem<T> | undefined;

  /** @param wanted how many items will be taken at most; sizes the first page. */
  constructor(stream: Stream<T>, start: Position, wanted: number) {
    this.stream = stream;
    this.#start = start;
    this.#wanted = Math.max(wanted, 1);
  }

  /** The next item where it has been read already; makes no call. Undefined does not say that the stream has ended. */
  loaded(): PlacedItem<T> | undefined {
    if (this.#head !== undefined) return this.#head;
    while (this.#page !== undefined) {
      const page = this.#page;
      const place = this.#next;
      const item = page.items[place];
      if (item !== undefined) {
        this.#head = { item, position: () => page.positionAfter(place) };
        return this.#head;
      }
      if (page.following === undefined) return undefined;
      this.#page = page.following;
      this.#next = 0;
    }
    return undefined;
  }

  /** Whether `peek` has to read before it knows the next item, or that there is none. */
  needsRead(): boolean {
    if (!this.#opened) return true;
    return this.loaded() === undefined && this.#page !== undefined && this.#page.nextToken !== null;
  }

  /**
   * The next item without taking it; undefined at the end of the stream.
   *
   * @throws UpstreamError, or CursorExpiredError when the position cannot be found again
   */
  async peek(): Promise<PlacedItem<T> | undefined> {
    if (!this.#opened) await this.#open();
    for (;;) {
      const head = this.loaded();
      const page = this.#page;
      if (head !== undefined || page === undefined || page.nextToken === null) return head;
      await this.#read(page.nextToken, page.limit, page);
    }
  }

  /** Moves past the item that `peek` gave. */
  take(): void {
    this.#head = undefined;
    this.#next += 1;
  }

  async #open(): Promise<void> {
    const start = this.#start;
    switch (start.kind) {
      case 'start':
        this.#page = await this.#read(null, this.#firstLimit(0));
        break;
      case 'after': {
        const first = await this.#readAgain(start);
        const { page, next } = await findPlace(start, first, (...read) => this.#read(...read));
        this.#page = page;
        this.#next = next;
        break;
      }
      case 'end':
        break;
    }
    this.#opened = true;
  }

  /** One call answers the first page, wherever in it the reading goes on. */
  #firstLimit(places: number): number {
    return this.stream.pageLimit ?? Math.min(places + this.#wanted, MAX_PAGE_LIMIT);
  }

  /** Parameters must not change while paging (metronome.md section 1.3), but the first page has no token yet to keep them for. */
  #resumeLimit({ token, limit, place }: AfterPosition): number {
    return token === null ? Math.max(this.#firstLimit(place + 1), limit) : limit;
  }

  /** A page token that the upstream no longer takes is as good as a place that is gone. */
  async #readAgain(start: AfterPosition): Promise<Page<T>> {
    try {
      return await this.#read(start.token, this.#resumeLimit(start));
    } catch (error) {
      if (start.token !== null && error instanceof UpstreamRejectedError) throw new CursorExpiredError();
      throw error;
    }
  }

  async #read(token: string | null, limit: number, previous?: Page<T>): Promise<Page<T>> {
    if (token !== null) this.#seenTokens.add(token);
    const page = new Page(await this.stream.readPage(token, limit), token, limit);
    if (page.nextToken !== null && this.#seenTokens.has(page.nextToken)) {
      throw new UpstreamInvalidResponseError(this.stream.provider, 'The provider repeated a page token.');
    }
    if (previous !== undefined) previous.following = page;
    return page;
  }
}

/** A stream that has nothing, such as that of a provider where the account has no customer. */
export function emptyStream<T>(stream: Pick<Stream<T>, 'key' | 'provider'>): Stream<T> {
  return { ...stream, readPage: () => Promise.resolve({ items: [], nextToken: null }) };
}
