import type { Stream, StreamPage } from '../../src/connection/stream.ts';
import { UpstreamUnavailableError } from '../../src/errors/upstream-error.ts';
import { parseInstant } from '../../src/time/instant.ts';

/** A row of an upstream's list. */
export interface Row {
  readonly id: string;
  /** Day of its date, larger is newer; null for no date. */
  readonly day: number | null;
  /** Rows that the stream filters out: they take room in upstream pages, but nobody sees them. */
  readonly hidden: boolean;
}

/** How an upstream pages. */
export interface Paging {
  /** What a page token stands for: the row that the page before ended with, or how many rows came before. */
  readonly tokens: 'key' | 'offset';
  /** The most rows that the upstream puts into a page, whatever is asked. */
  readonly cap: number;
  /** Whether a page that ends the list still has a token, to an empty page. */
  readonly dangling: boolean;
}

/**
 * A list of an upstream that changes while it is read. Rows keep their order unless they are moved; what
 * each page read costs is counted.
 */
export class ModelList {
  readonly name: string;
  readonly paging: Paging;
  readonly undated: boolean;
  /** Pages read, by token and limit, since `forgetReads`. */
  readonly reads: string[] = [];
  /** Whether it fails instead of answering. */
  failing = false;
  #rows: readonly (Row & { readonly rank: number })[];
  #answers = new Map<string, Promise<StreamPage<string>>>();

  constructor(name: string, rows: readonly Row[], paging: Paging, undated = false) {
    this.name = name;
    this.paging = paging;
    this.undated = undated;
    this.#rows = rows.map((row, rank) => ({ ...row, rank }));
  }

  /** The rows that can be seen, in order. */
  get rows(): readonly Row[] {
    return this.#rows.filter(({ hidden }) => !hidden);
  }

  /** The ids of all rows, hidden ones as well, in order. */
  get ids(): readonly string[] {
    return this.#rows.map(({ id }) => id);
  }

  get size(): number {
    return this.#rows.length;
  }

  insert(at: number, id: string): void {
    const day = this.undated ? null : ((this.#rows[at - 1] ?? this.#rows[at])?.day ?? 1);
    this.#put(at, { id, day, hidden: false });
  }

  /** Takes a row out and puts it where the index counts the rows that are left; its date stays. */
  move(from: number, to: number): void {
    const row = this.#rows[from];
    if (row === undefined) return;
    this.remove(from);
    this.#put(to, row);
  }

  #put(at: number, row: Row): void {
    const [before, after] = [this.#rows[at - 1], this.#rows[at]];
    const rank = ((before?.rank ?? (after?.rank ?? 0) - 2) + (after?.rank ?? (before?.rank ?? 0) + 2)) / 2;
    this.#rows = this.#rows.toSpliced(at, 0, { ...row, rank });
  }

  remove(at: number): void {
    this.#rows = this.#rows.toSpliced(at, 1);
  }

  /** A stream as one GraphQL request sees it: each distinct page is read once. */
  stream(): Stream<string> {
    this.reads.length = 0;
    this.#answers = new Map();
    return {
      key: this.name,
      provider: 'MAPLE',
      ...(this.undated && { undated: true }),
      readPage: (token, limit) => {
        const key = JSON.stringify([token, limit]);
        const answer = this.#answers.get(key) ?? this.#read(key, token, limit);
        this.#answers.set(key, answer);
        return answer;
      },
    };
  }

  #read(key: string, token: string | null, limit: number): Promise<StreamPage<string>> {
    this.reads.push(key);
    if (limit < 1 || limit > 100) throw new RangeError(`a limit of ${limit}`);
    if (this.failing) return Promise.reject(new UpstreamUnavailableError('MAPLE', `${this.name} is down`));
    const from = this.#start(token);
    const page = this.#rows.slice(from, from + Math.min(limit, this.paging.cap));
    const end = from + page.length;
    const hasToken = end < this.#rows.length || (this.paging.dangling && page.length > 0);
    const items = page
      .filter(({ hidden }) => !hidden)
      .map(({ id, day }) => ({ id, date: dateOf(day), read: () => id }));
    return Promise.resolve({ items, nextToken: hasToken ? this.#token(page.at(-1)?.rank ?? 0, end) : null });
  }

  #start(token: string | null): number {
    if (token === null) return 0;
    if (this.paging.tokens === 'offset') return Number(token);
    const next = this.#rows.findIndex(({ rank }) => rank > Number(token));
    return next === -1 ? this.#rows.length : next;
  }

  #token(rank: number, end: number): string {
    return String(this.paging.tokens === 'offset' ? end : rank);
  }
}

function dateOf(day: number | null) {
  return day === null ? null : parseInstant(new Date(Date.UTC(2026, 0, day)).toISOString());
}

/** What the merge of lists must give, worked out plainly: undated lists first, then always the newest head. */
export function expectedOrder(lists: readonly ModelList[]): string[] {
  const order = lists.filter(({ undated }) => undated).flatMap(({ rows }) => rows.map(({ id }) => id));
  const queues = lists.filter(({ undated }) => !undated).map(({ rows }) => [...rows]);
  for (;;) {
    const heads = queues.map(([head]) => (head === undefined ? -Infinity : (head.day ?? Infinity)));
    const newest = Math.max(...heads);
    if (newest === -Infinity) return order;
    const row = queues[heads.indexOf(newest)]?.shift();
    if (row !== undefined) order.push(row.id);
  }
}
