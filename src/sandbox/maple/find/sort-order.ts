import { compareSortKeys, type SortKey } from '../../http/key-page.ts';
import type { RowPlace } from '../wire/opaque-id.ts';
import type { Matcher } from './filter.ts';

/** The key by which rows stand in an order; no two rows of a list share one. */
export type KeyOf<Row> = (row: Row) => SortKey;

/** Orders of a list by `sort_key`. */
export type SortOrders<Row> = Readonly<Record<string, KeyOf<Row>>>;

/** What the common orders need to know of a row; its place breaks ties. */
export interface RowDates<Row> {
  readonly createdAt: (row: Row) => Date;
  readonly updatedAt: (row: Row) => Date;
  readonly place: (row: Row) => RowPlace;
}

/** The four orders of every list; createdAtDesc is the default (maple.md section 1.3). */
export function datedOrders<Row>({ createdAt, updatedAt, place }: RowDates<Row>): SortOrders<Row> {
  return {
    createdAtDesc: highestFirst(place, (row) => createdAt(row).getTime()),
    createdAtAsc: lowestFirst(place, (row) => createdAt(row).getTime()),
    updatedAtDesc: highestFirst(place, (row) => updatedAt(row).getTime()),
    updatedAtAsc: lowestFirst(place, (row) => updatedAt(row).getTime()),
  };
}

/** An order by a number, lowest first. */
export function lowestFirst<Row>(placeOf: (row: Row) => RowPlace, number: (row: Row) => number): KeyOf<Row> {
  return (row) => {
    const place = placeOf(row);
    return [number(row), place.customerIndex, place.ordinal];
  };
}

/** An order by a number, highest first. */
export function highestFirst<Row>(placeOf: (row: Row) => RowPlace, number: (row: Row) => number): KeyOf<Row> {
  return lowestFirst(placeOf, (row) => -number(row));
}

/** The matching rows in the order of `keyOf`. */
export function matchingInOrder<Row>(
  rows: Iterable<Row>,
  matches: Matcher<Row>,
  keyOf: KeyOf<Row>,
): readonly Row[] {
  const keyed: { readonly row: Row; readonly key: SortKey }[] = [];
  for (const row of rows) {
    if (matches(row)) keyed.push({ row, key: keyOf(row) });
  }
  return keyed.toSorted((a, b) => compareSortKeys(a.key, b.key)).map(({ row }) => row);
}
