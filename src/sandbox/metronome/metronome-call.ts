import { decodeCursor, encodeCursor, type Page, type SortKey } from '../http/key-page.ts';
import type { CustomerDirectory, MetronomeCustomer } from './customer-directory.ts';
import type { InvoiceLedger } from './invoice-ledger.ts';
import { badRequest, notFound } from './metronome-error.ts';
import { isUuid } from './metronome-id.ts';
import { parseWireTime } from './wire-time.ts';

/** The account that the sandbox serves. */
export interface MetronomeAccount {
  readonly now: Date;
  readonly maxPageSize: number;
  readonly directory: CustomerDirectory;
  readonly ledger: InvoiceLedger;
}

/** One call of an operation. */
export interface MetronomeCall {
  readonly account: MetronomeAccount;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** An operation: gives the body of a 200 answer, or throws a MetronomeError. */
export type MetronomeOperation = (call: MetronomeCall) => unknown;

/** Inferred: metronome.md section 1.3 documents 25 for body pagination alone. */
const DEFAULT_PAGE_SIZE = 25;
const MAX_LIMIT = 100;

/**
 * The `{data, next_page}` of a list (metronome.md section 1.3). `page` is given the key to go on after and the size.
 * Throws 400 for a limit outside 1..100 and for a cursor that is garbage or came from a list asked otherwise.
 */
export function pagedAnswer<Item>(
  call: MetronomeCall,
  page: (after: SortKey | undefined, limit: number) => Page<Item>,
): { readonly data: readonly Item[]; readonly next_page: string | null } {
  const limit = limitOf(call.query);
  const scope = scopeOf(call);
  const cursor = call.query.get('next_page');
  const after = cursor === null ? undefined : decodeCursor(cursor, scope);
  if (cursor !== null && after === undefined) {
    throw badRequest('next_page is not a cursor of this list with these parameters');
  }
  const { items, lastKey } = page(after, Math.min(limit, call.account.maxPageSize));
  return { data: items, next_page: lastKey === undefined ? null : encodeCursor(lastKey, scope) };
}

/** The UUID in a path; throws 400 when it is none. */
export function uuidParameter(call: MetronomeCall, name: string): string {
  const value = call.params[name] ?? '';
  if (!isUuid(value)) throw badRequest(`${name} must be a UUID`);
  return value.toLowerCase();
}

/** The customer that `{customer_id}` in a path names, archived or not; throws 400 or 404. */
export function customerOfPath(call: MetronomeCall): MetronomeCustomer {
  const customer = call.account.directory.byId(uuidParameter(call, 'customer_id'));
  if (customer === undefined) throw notFound('Customer not found');
  return customer;
}

/** A boolean in the query, false when absent; throws 400 for anything but true and false. */
export function booleanQuery(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  if (value !== null && value !== 'true' && value !== 'false')
    throw badRequest(`${name} must be true or false`);
  return value === 'true';
}

/** An RFC 3339 timestamp in the query, undefined when absent; throws 400 for anything else. */
export function timestampQuery(query: URLSearchParams, name: string): Date | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const instant = parseWireTime(value);
  if (instant === undefined) throw badRequest(`${name} must be an RFC 3339 timestamp`);
  return instant;
}

/** One of the allowed words in the query, undefined when absent; throws 400 for any other. */
export function wordQuery<Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw badRequest(`${name} must be one of ${words.join(', ')}`);
  return word;
}

/**
 * A list in the query, comma-joined or repeated (metronome.md section 1.10), undefined when absent; throws 400 beyond
 * `maxItems`.
 */
export function listQuery(
  query: URLSearchParams,
  name: string,
  maxItems: number,
): readonly string[] | undefined {
  if (!query.has(name)) return undefined;
  const values = query.getAll(name).flatMap((value) => value.split(','));
  if (values.length > maxItems) throw badRequest(`${name} takes at most ${maxItems} values`);
  return values;
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit');
  if (text === null) return DEFAULT_PAGE_SIZE;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw badRequest(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

/** Everything a list is asked with but the cursor: it must stay unchanged while paging. */
function scopeOf(call: MetronomeCall): string {
  const parameters = new URLSearchParams(call.query);
  parameters.delete('next_page');
  parameters.sort();
  return `${call.path}?${parameters.toString()}`;
}
