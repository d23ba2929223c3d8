import { MAX_PAGE_LIMIT, type Stream, type StreamItem } from '../../connection/stream.ts';
import { walkRows } from '../http/walk-rows.ts';
import { nextTokenOf } from '../http/wire-values.ts';
import type { FoundPage } from './find-request.ts';

/** Reads one page of a find. */
type ReadFound<Row> = (token: string | null, limit: number) => Promise<FoundPage<Row>>;

interface FoundStream<Row, T> {
  /** Names the list among those that a connection merges. */
  readonly key: string;
  readonly read: ReadFound<Row>;
  /** The page size to ask for; by the number of items wanted where it is left out. */
  readonly pageLimit?: number;
  /** Rows that the list must not hold although the upstream may give them. All are kept where it is left out. */
  readonly keep?: (row: Row) => boolean;
  readonly item: (row: Row) => StreamItem<T>;
}

/** The stream over a find. `results` null is an empty page; no `from_key` ends it (maple.md section 1.3). */
export function foundStream<Row, T>({
  key,
  read,
  pageLimit,
  keep = () => true,
  item,
}: FoundStream<Row, T>): Stream<T> {
  return {
    key,
    provider: 'MAPLE',
    ...(pageLimit !== undefined && { pageLimit }),
    async readPage(token, limit) {
      const { pagination, results } = await read(token, limit);
      return { items: (results ?? []).filter(keep).map(item), nextToken: nextTokenOf(pagination.from_key) };
    },
  };
}

/**
 * The first row that fits, over as many pages as it takes; undefined when the list ends without one.
 *
 * @throws UpstreamInvalidResponseError when the upstream repeats a page token
 */
export async function findRow<Row>(
  read: ReadFound<Row>,
  fits: (row: Row) => boolean,
): Promise<Row | undefined> {
  const rows = walkRows('MAPLE', async (token) => {
    const { pagination, results } = await read(token, MAX_PAGE_LIMIT);
    return { rows: results ?? [], nextToken: pagination.from_key };
  });
  for await (const row of rows) if (fits(row)) return row;
  return undefined;
}
