import { hash } from 'node:crypto';
import { isJsonObject } from './json.ts';

/** What places a row in its list: compared part by part, ascending. Numbers precede by size, texts by code unit. */
export type SortKey = readonly (string | number)[];

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Key of the last row, when more rows follow it. */
  readonly lastKey: SortKey | undefined;
}

/** Ascending order of two keys of one list. */
export function compareSortKeys(a: SortKey, b: SortKey): number {
  for (const [position, left] of a.entries()) {
    const right = b[position];
    if (right === undefined) return 1;
    if (left === right) continue;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/**
 * The rows that follow `after`, which need not be among them any more. `rows` has to be sorted by `keyOf` without
 * equal keys; `select` gives the item of a row, or undefined to leave the row out.
 */
export function pageByKey<Row, Item>(list: {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => SortKey;
  readonly select: (row: Row) => Item | undefined;
  readonly after: SortKey | undefined;
  readonly limit: number;
}): Page<Item> {
  const items: Item[] = [];
  let lastKey: SortKey | undefined;
  for (let index = firstAfter(list); index < list.rows.length; index += 1) {
    const row = list.rows[index];
    if (row === undefined) continue;
    const item = list.select(row);
    if (item === undefined) continue;
    if (items.length >= list.limit) return { items, lastKey };
    items.push(item);
    lastKey = list.keyOf(row);
  }
  return { items, lastKey: undefined };
}

function firstAfter<Row>(list: {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => SortKey;
  readonly after: SortKey | undefined;
}): number {
  if (list.after === undefined) return 0;
  let low = 0;
  let high = list.rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = list.rows[middle];
    if (row !== undefined && compareSortKeys(list.keyOf(row), list.after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An opaque cursor behind `key`, good only with the same `scope` (everything else the list was asked with). */
export function encodeCursor(key: SortKey, scope: string): string {
  return Buffer.from(JSON.stringify({ k: key, s: scopeDigest(scope) })).toString('base64url');
}

/** The key in a cursor; undefined when the cursor is garbage or belongs to another scope. */
export function decodeCursor(cursor: string, scope: string): SortKey | undefined {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isJsonObject(content) || content['s'] !== scopeDigest(scope)) return undefined;
  const key = content['k'];
  return Array.isArray(key) && key.every(isKeyPart) ? key : undefined;
}

function isKeyPart(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function scopeDigest(scope: string): string {
  return hash('sha1', scope, 'base64url').slice(0, 12);
}
