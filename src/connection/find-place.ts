import { CursorExpiredError } from '../errors/gateway-error.ts';
import type { Page } from './page.ts';
import type { AfterPosition } from './position.ts';
import { MAX_PAGE_LIMIT } from './stream.ts';

/** Where reading goes on: before the item with this index, which may be one past the last. */
export interface Place<T> {
  readonly page: Page<T>;
  readonly next: number;
}

/** A place, and how far from the anchor it was when the cursor was made. */
interface RankedPlace<T> extends Place<T> {
  readonly rank: number;
}

/** How many pages beyond the anchor's own it is looked for, when items inserted before it have moved it on. */
const PAGES_TO_SEARCH = 4;

/**
 * Finds a position again. Items that are left keep their order, so what is known of the anchor's surroundings tells the
 * place when the anchor is gone. The first of these that holds does:
 *
 * 1. right after the anchor;
 * 2. before the item that followed it;
 * 3. right after the nearest item before it, or at the start of the list where no other item was before it, once it is
 *    clear that the anchor does not come later: an item that followed it has come, or the list has ended;
 * 4. before the nearest item that followed it, if the list was read from its start. Read from a token it could be that
 *    the page has moved on, and that items which were never given now stand before it;
 * 5. right after the nearest item before it, where nothing that followed it was known, and it was looked for in vain.
 *
 * @param read gives a page, and links it to the one before
 * @throws CursorExpiredError where none does: going on could hide or repeat items
 */
export async function findPlace<T>(
  position: AfterPosition,
  first: Page<T>,
  read: (token: string | null, limit: number, previous: Page<T> | undefined) => Promise<Page<T>>,
): Promise<Place<T>> {
  let head = first;
  let page = first;
  let before: RankedPlace<T> | undefined;
  for (let more = PAGES_TO_SEARCH; ; more -= 1) {
    const anchor = page.prints.indexOf(position.anchor);
    if (anchor !== -1) return { page, next: anchor + 1 };
    const after = nearest(page, position.after);
    if (after?.rank === 0) return after;
    const nearer = nearest(page, position.before);
    // Of two sightings of one item the later one counts: it is on the page that was read last.
    if (nearer !== undefined && nearer.rank <= (before?.rank ?? Infinity))
      before = { ...nearer, next: nearer.next + 1 };
    if (after !== undefined || page.nextToken === null) {
      const place = before ?? startOf(position, head) ?? (position.token === null ? after : undefined);
      if (place === undefined) throw new CursorExpiredError();
      return place;
    }
    if (more === 0) {
      if (before === undefined || position.after.length > 0) throw new CursorExpiredError();
      return before;
    }
    // The first page can be asked for again in any size, so one larger page saves several small ones.
    if (page.token === null && page.limit < MAX_PAGE_LIMIT) {
      head = await read(null, MAX_PAGE_LIMIT, undefined);
      page = head;
      before = undefined;
    } else {
      page = await read(page.nextToken, page.limit, page);
    }
  }
}

/** The first item of a page that is among those looked for, nearest first. */
function nearest<T>(page: Page<T>, prints: readonly string[]): RankedPlace<T> | undefined {
  for (const [rank, print] of prints.entries()) {
    const next = page.prints.indexOf(print);
    if (next !== -1) return { page, next, rank };
  }
  return undefined;
}

/** The start of the list, where every item before the anchor was remembered. */
function startOf<T>({ token, place, before }: AfterPosition, page: Page<T>): Place<T> | undefined {
  return token === null && place === before.length ? { page, next: 0 } : undefined;
}
