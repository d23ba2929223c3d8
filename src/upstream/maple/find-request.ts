import type { MaplePagination } from './wire.gen.ts';

/** One page of a find (maple.md section 1.3). */
export interface FindRequest<Query> {
  readonly query: Query;
  /** The `from_key` of the page before; null for the first page. */
  readonly token: string | null;
  /** At most 100, the smaller of the two limits that Maple documents. */
  readonly limit: number;
}

/** What every find answers. */
export interface FoundPage<Row> {
  readonly pagination: MaplePagination;
  /** Null stands for none. */
  readonly results: readonly Row[] | null;
}

/** What makes two finds the same read. */
export function findKey({ query, token, limit }: FindRequest<object>): string {
  return JSON.stringify([query, token, limit]);
}

/** The body of a find. The sort key is always sent: the guide calls it required, single pages optional. */
export function findBody({ query, token, limit }: FindRequest<object>): object {
  return {
    pagination: token === null ? { limit } : { from_key: token, limit },
    query,
    sort_key: 'createdAtDesc',
  };
}
