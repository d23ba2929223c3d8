/** Entries that are dropped when nobody has asked for them for longest. */
export interface RecentEntries<Entry> {
  readonly isEmpty: boolean;
  get(key: string): Entry | undefined;
  /** @param weight counted towards the limit; an entry that alone is over it is not kept */
  set(key: string, entry: Entry, weight: number): void;
  delete(key: string): void;
}

/** How much is kept. */
export interface RecentEntriesLimits {
  readonly maxEntries: number;
  /** Of all entries together. */
  readonly maxWeight: number;
}

/** No entries yet. */
export function createRecentEntries<Entry>({
  maxEntries,
  maxWeight,
}: RecentEntriesLimits): RecentEntries<Entry> {
  // A Map keeps the order of insertion: the one that was used least recently is its first.
  const entries = new Map<string, { readonly entry: Entry; readonly weight: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  return {
    get isEmpty() {
      return entries.size === 0;
    },
    get(key) {
      const found = entries.get(key);
      if (found === undefined) return undefined;
      entries.delete(key);
      entries.set(key, found);
      return found.entry;
    },
    set(key, entry, weight) {
      remove(key);
      if (weight > maxWeight) return;
      entries.set(key, { entry, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && total <= maxWeight) break;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
