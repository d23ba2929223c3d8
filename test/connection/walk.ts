import { createCursorCodec } from '../../src/connection/cursor.ts';
import { readMerged, type MergedPage } from '../../src/connection/merge.ts';
import { START } from '../../src/connection/position.ts';
import { CursorExpiredError } from '../../src/errors/gateway-error.ts';
import type { ModelList } from './model-list.ts';

/** How one client walks. */
interface Walk {
  readonly lists: readonly ModelList[];
  /** Page sizes, one after the other, over and over. */
  readonly firsts: readonly number[];
  readonly lookAhead: boolean;
  /** Called after each page, with the number of pages so far. */
  readonly afterPage?: (page: MergedPage<string>, pages: number) => void;
}

/** What a walk gave. */
interface Walked {
  readonly ids: readonly string[];
  readonly pages: number;
  /** Whether the gateway gave up the place. */
  readonly expired: boolean;
}

/** More pages than any walk here needs: one that takes more does not end. */
const MAX_PAGES = 500;

/** Walks a connection to its end as a client does, each page by the cursor of the last item of the page before. */
export async function walk({ lists, firsts, lookAhead, afterPage }: Walk): Promise<Walked> {
  const binding = ['things', lists.map(({ name }) => name)] as const;
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    // A codec of its own for each page: nothing but the cursor goes from one request to the next.
    const codec = createCursorCodec('a key for the tests');
    const first = firsts[(pages - 1) % firsts.length] ?? 1;
    const start = cursor === null ? lists.map(() => START) : codec.decode(binding, cursor);
    let page: MergedPage<string>;
    try {
      page = await readMerged({ streams: lists.map((list) => list.stream()), start, first, lookAhead });
    } catch (error) {
      if (error instanceof CursorExpiredError) return { ids, pages, expired: true };
      throw error;
    }
    ids.push(...page.items.map(({ node }) => node));
    const last = page.items.at(-1);
    if (last !== undefined) cursor = codec.encode(binding, last.positions());
    afterPage?.(page, pages);
    const ended = lookAhead ? !page.hasNext : page.items.length < first && page.failures.size === 0;
    if (ended) return { ids, pages, expired: false };
  }
  throw new Error('the walk does not end');
}
