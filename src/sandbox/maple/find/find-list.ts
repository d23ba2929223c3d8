import { toJson } from '../../http/json.ts';
import { decodeCursor, encodeCursor, pageByKey, type SortKey } from '../../http/key-page.ts';
import { refused, type ValidationProblem } from '../maple-error.ts';
import { createInputReader, type InputReader } from '../request/input-reader.ts';
import type { WireObject } from '../wire/wire-object.ts';
import type { Filter, Matcher } from './filter.ts';
import type { KeyOf, SortOrders } from './sort-order.ts';

/** The filters that a caller gave, by name, without those that are null. */
export type Query = Readonly<Record<string, unknown>>;

/** A list that `POST .../find` pages through. */
export interface FindList<Row> {
  /** Part of what binds a cursor to its list. */
  readonly name: string;
  readonly filters: Readonly<Record<string, Filter<Row>>>;
  readonly orders: SortOrders<Row>;
  readonly isSortKeyRequired: boolean;
  /** The rows in the order of `keyOf`, with at least all that match; `query` may narrow down where to look. */
  readonly rows: (query: Query, matches: Matcher<Row>, keyOf: KeyOf<Row>) => readonly Row[];
  readonly write: (row: Row) => WireObject;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 200;
const DEFAULT_SORT_KEY = 'createdAtDesc';

/**
 * The answer to a find request (maple.md section 1.3). An empty page's results are null, as the reference allows; the
 * cursor of the last page is null. The total that `include_meta` asks for is called `total_results` (its name is not
 * documented). Throws a validation_error for an unknown member, filter, sort key or limit, a request_error for a
 * cursor that is garbage or was made for other filters or another order.
 */
export function findPage<Row>(list: FindList<Row>, body: unknown, maxPageSize: number): WireObject {
  const request = readFindRequest(list, body);
  const limit = Math.min(request.limit, maxPageSize);
  const rows = list.rows(request.query, request.matches, request.keyOf);
  const page = pageByKey({
    rows,
    keyOf: request.keyOf,
    select: (row) => (request.matches(row) ? row : undefined),
    after: request.after,
    limit,
  });
  // Without a row there is no new place to go on from: the caller keeps the one it has.
  const nextKey = limit === 0 ? request.after : page.lastKey;
  return {
    pagination: {
      from_key: nextKey === undefined ? null : encodeCursor(nextKey, request.scope),
      limit,
      total_results: request.includesMeta ? rows.filter(request.matches).length : undefined,
    },
    results: page.items.length === 0 ? null : page.items.map(list.write),
  };
}

interface FindRequest<Row> {
  readonly query: Query;
  readonly matches: Matcher<Row>;
  readonly keyOf: KeyOf<Row>;
  readonly scope: string;
  readonly after: SortKey | undefined;
  readonly limit: number;
  readonly includesMeta: boolean;
}

function readFindRequest<Row>(list: FindList<Row>, body: unknown): FindRequest<Row> {
  const input = createInputReader(body, ['pagination', 'query', 'sort_key', 'include_meta']);
  const paging = input.nested('pagination', ['from_key', 'limit']);
  if (paging === undefined) input.report('pagination', 'is required');
  const limit = paging?.count('limit') ?? DEFAULT_LIMIT;
  if (limit > MAX_LIMIT) paging?.report('limit', `must not exceed ${MAX_LIMIT}`);
  const fromKey = paging?.text('from_key');
  const givenSortKey = input.text('sort_key');
  if (givenSortKey === undefined && list.isSortKeyRequired) input.report('sort_key', 'is required');
  const sortKey = givenSortKey ?? DEFAULT_SORT_KEY;
  const keyOf = readOrder(list.orders, sortKey, input);
  const query = givenFilters(input.object('query'));
  const { matches, problems } = readFilters(list.filters, query);
  for (const problem of problems) input.report(problem.field, problem.message);
  const includesMeta = input.flag('include_meta') ?? false;
  input.finish();
  const scope = toJson([list.name, sortKey, query]);
  const after = fromKey === undefined ? undefined : decodeCursor(fromKey, scope);
  if (fromKey !== undefined && after === undefined) throw refused('from_key is not valid for this request');
  return { query, matches, keyOf, scope, after, limit, includesMeta };
}

function readOrder<Row>(orders: SortOrders<Row>, sortKey: string, input: InputReader): KeyOf<Row> {
  const order = Object.hasOwn(orders, sortKey) ? orders[sortKey] : undefined;
  if (order !== undefined) return order;
  input.report('sort_key', `must be one of ${Object.keys(orders).join(', ')}`);
  return () => [];
}

function givenFilters(query: WireObject | undefined): Query {
  return Object.fromEntries(
    Object.entries(query ?? {})
      .filter(([, value]) => value !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function readFilters<Row>(
  filters: FindList<Row>['filters'],
  query: Query,
): { readonly matches: Matcher<Row>; readonly problems: readonly ValidationProblem[] } {
  const matchers: Matcher<Row>[] = [];
  const problems: ValidationProblem[] = [];
  for (const [name, value] of Object.entries(query)) {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    const outcome = filter === undefined ? 'is not a filter that the sandbox knows' : filter(value);
    if (typeof outcome === 'string') problems.push({ field: `query.${name}`, message: outcome });
    else matchers.push(outcome);
  }
  return { matches: (row) => matchers.every((matches) => matches(row)), problems };
}

/** The text of an equality filter, to narrow down where to look; undefined when it is not given. */
export function wantedText(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : undefined;
}
