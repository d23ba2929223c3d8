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
export const PAGES_TO_SEARCH = 4;

/**
 * Finds a position again. Items that are left keep their order, so what is known of the anchor's surroundings tells the
 * place when the anchor is gone, and shows when it has moved: an anchor counts as gone where at least two of its
 * neighbours on its page stand on its wrong side. The first of these that holds does:
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
 * @throws CursorExpiredError where none does, or where what is found is out of order and does not tell which item has
 *   moved: going on could hide or repeat items
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
    const anchor = page.prints().indexOf(position.anchor);
    const preceding = sightings(page, position.before);
    const following = sightings(page, position.after);
    const misplaced = anchor === -1 ? 0 : countMisplaced(anchor, preceding, following);
    if (anchor !== -1 && misplaced === 0) return { page, next: anchor + 1 };
    // With only one neighbour on the wrong side, it may as well be the neighbour that has moved.
    if (misplaced === 1 || !isInOrder([...preceding.toReversed(), ...following]))
      throw new CursorExpiredError();
    const [after] = following;
    if (after?.rank === 0) return after;
    const [nearer] = preceding;
    if (nearer !== undefined) {
      if (before !== undefined && nearer.rank > before.rank) throw new CursorExpiredError();
      // Of two sightings of one item the later one counts: it is on the page that was read last.
      before = { ...nearer, next: nearer.next + 1 };
    }
    if (anchor !== -1 || after !== undefined || page.nextToken === null) {
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

/** Those of the items looked for that are on a page, nearest to the anchor first. */
function sightings<T>(page: Page<T>, prints: readonly string[]): RankedPlace<T>[] {
  const onPage = page.prints();
  return prints
    .map((print, rank) => ({ page, next: onPage.indexOf(print), rank }))
    .filter(({ next }) => next !== -1);
}

/** How many neighbours of an anchor stand on the wrong side of it. */
function countMisplaced<T>(
  anchor: number,
  preceding: readonly Place<T>[],
  following: readonly Place<T>[],
): number {
  return (
    preceding.filter(({ next }) => next > anchor).length +
    following.filter(({ next }) => next < anchor).length
  );
}

function isInOrder<T>(places: readonly Place<T>[]): boolean {
  return places.every(({ next }, at) => next > (places[at - 1]?.next ?? -1));
}

/** The start of the list, where every item before the anchor was remembered. */
function startOf<T>({ token, place, before }: AfterPosition, page: Page<T>): Place<T> | undefined {
  return token === null && place === before.length ? { page, next: 0 } : undefined;
}
