import { PAGES_TO_SEARCH } from './find-place.ts';
import type { Position } from './position.ts';
import { MAX_PAGE_LIMIT } from './stream.ts';

/** How much of a stream is read. */
interface ExpectedRead {
  readonly start: Position;
  /** How many items are taken, one more where it is looked ahead. */
  readonly wanted: number;
  /** The stream's own page size, where it has one. */
  readonly pageLimit?: number | undefined;
}

/**
 * How many upstream pages a StreamReader reads at most, provided that a page which another one follows holds as many
 * items as were asked for. The search for the place of a cursor whose list has changed meanwhile is counted in.
 */
export function expectedPages({ start, wanted, pageLimit }: ExpectedRead): number {
  if (wanted <= 0) return 0;
  switch (start.kind) {
    case 'end':
      return 0;
    case 'start':
      return Math.ceil(wanted / (pageLimit ?? Math.min(wanted, MAX_PAGE_LIMIT)));
    case 'after': {
      const { token, place } = start;
      const anchored = Math.min(place + 1 + wanted, MAX_PAGE_LIMIT);
      const limit = Math.max(token === null ? Math.max(pageLimit ?? anchored, start.limit) : start.limit, 1);
      const left = Math.max(0, limit - place - 1);
      // A first page that does not show the place is read once more, as large as it can be.
      const search = PAGES_TO_SEARCH + (token === null && limit < MAX_PAGE_LIMIT ? 1 : 0);
      return 1 + Math.ceil(Math.max(0, wanted - left) / limit) + search;
    }
  }
}
