import { CursorExpiredError } from '../errors/gateway-error.ts';
import type { Page } from './page.ts';
import type { AfterPosition } from './position.ts';
import { MAX_PAGE_LIMIT } from './stream.ts';

/** Where reading goes on: before the item with this index, which may be one past the last. */
export interface Place<T> {
  readonly page: Page<T>;
  readonly next: number;
}

/** How many pages beyond the anchor's own it is looked for, when items inserted before it have moved it on. */
const PAGES_TO_SEARCH = 4;

/**
 * Finds a position again. Items that are left keep their order, so whatever is known of the anchor's surroundings tells
 * the place when the anchor is gone:
 *
 * 1. right after the anchor;
 * 2. before the item that followed it;
 * 3. right after the nearest item before it, once it is clear that the anchor does not come later: one of the items
 *    behind it has, or the list has ended, or nothing behind it is known;
 * 4. before the nearest item behind it, if the list was read from its start. Read from a token it could be that the
 *    page has moved on, and that items which were never given now stand before it.
 *
 * @param read gives a page, and remembers it
 * @throws CursorExpiredError where none of this holds: going on could hide or repeat items
 */
export async function findPlace<T>(
  position: AfterPosition,
  first: Page<T>,
  read: (token: string | null, limit: number, previous: Page<T> | undefined) => Promise<Page<T>>,
): Promise<Place<T>> {
  let page = first;
  let before: (Place<T> & { readonly rank: number }) | undefined;
  for (let more = PAGES_TO_SEARCH; ; more -= 1) {
    const anchor = page.prints.indexOf(position.anchor);
    if (anchor !== -1) return { page, next: anchor + 1 };
    const after = nearest(page, position.after);
    if (after?.rank === 0) return { page, next: after.index };
    const nearer = nearest(page, position.before);
    if (nearer !== undefined && (before === undefined || nearer.rank <= before.rank)) {
      before = { page, next: nearer.index + 1, rank: nearer.rank };
    }
    const clear = after !== undefined || page.nextToken === null || (more === 0 && position.after.length === 0);
    if (before !== undefined && clear) return before;
    if (after !== undefined && position.token === null) return { page, next: after.index };
    if (after !== undefined || page.nextToken === null || more === 0) throw new CursorExpiredError();
    // The first page can be asked for again in any size, so one larger page saves several small ones.
    const enlarge = page.token === null && page.limit < MAX_PAGE_LIMIT;
    page = enlarge ? await read(null, MAX_PAGE_LIMIT, undefined) : await read(page.nextToken, page.limit, page);
  }
}

function nearest<T>(page: Page<T>, prints: readonly string[]): { readonly rank: number; readonly index: number } | undefined {
  for (const [rank, print] of prints.entries()) {
    const index = page.prints.indexOf(print);
    if (index !== -1) return { rank, index };
  }
  return undefined;
}
