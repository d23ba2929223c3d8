import { END, fingerprint, REMEMBERED, type Position } from './position.ts';
import type { StreamItem, StreamPage } from './stream.ts';

/** One upstream page, with how it was asked for and the page that was read after it. */
export class Page<T> {
  readonly items: readonly StreamItem<T>[];
  readonly nextToken: string | null;
  readonly token: string | null;
  readonly limit: number;
  /** Undefined until it has been read. */
  following: Page<T> | undefined;
  readonly #prints: string[] = [];

  constructor({ items, nextToken }: StreamPage<T>, token: string | null, limit: number) {
    this.items = items;
    this.nextToken = nextToken;
    this.token = token;
    this.limit = limit;
  }

  /** Fingerprints of the items from one place up to another; each is made once, and only where a cursor needs it. */
  prints(from = 0, to = this.items.length): readonly string[] {
    for (const [at, { id }] of this.items.slice(from, to).entries())
      this.#prints[from + at] ??= fingerprint(id);
    return this.#prints.slice(from, to);
  }

  /** The position right after the item at a place, with all that is known of what follows it. */
  positionAfter(place: number): Position {
    const after = [...this.prints(place + 1, place + 1 + REMEMBERED)];
    let nextToken = this.nextToken;
    for (let page = this.following; page !== undefined && after.length < REMEMBERED; page = page.following) {
      after.push(...page.prints(0, REMEMBERED - after.length));
      nextToken = page.nextToken;
    }
    if (after.length === 0 && nextToken === null) return END;
    return {
      kind: 'after',
      token: this.token,
      limit: this.limit,
      place,
      anchor: this.prints(place, place + 1)[0] ?? '',
      before: this.prints(Math.max(0, place - REMEMBERED), place).toReversed(),
      after,
    };
  }
}
