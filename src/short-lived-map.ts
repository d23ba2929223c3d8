/** Holds the value of an entry while it is there. */
interface Cell<Value> {
  value: Value | null;
}

/**
 * A map of a long life whose entries have a short one. V8 lets each table that a Map has outgrown point to the next one; while
 * an old table waits for a full collection, minor ones keep everything that any later table has held. Entries that come and go
 * with each request would so take all that hangs on requests out of the young heap, where to collect it costs next to
 * nothing. Here the tables hold cells, which are empty by then.
 */
export class ShortLivedMap<Key, Value> {
  readonly #cells = new Map<Key, Cell<Value>>();

  get(key: Key): Value | undefined {
    return this.#cells.get(key)?.value ?? undefined;
  }

  has(key: Key): boolean {
    return this.#cells.has(key);
  }

  /** In the order in which their keys came first. */
  values(): Value[] {
    return [...this.#cells.values()].flatMap(({ value }) => value ?? []);
  }

  set(key: Key, value: Value): void {
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, { value });
    else cell.value = value;
  }

  delete(key: Key): void {
    const cell = this.#cells.get(key);
    if (cell === undefined) return;
    cell.value = null;
    this.#cells.delete(key);
  }
}
