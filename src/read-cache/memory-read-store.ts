import type { Checked } from './checked.ts';
import type { ReadStore } from './read-store.ts';
import { createRecentEntries } from './recent-entries.ts';
import { createWriteEpochs } from './write-epochs.ts';

/** What a store in memory may be given. */
export interface MemoryReadStoreOptions {
  /** The clock that answers and writes expire by, in milliseconds from any start. */
  readonly now?: () => number;
  readonly maxEntries?: number;
  /** Of memory, as far as it can be told. */
  readonly maxBytes?: number;
}

interface MemoryEntry {
  readonly epoch: string;
  readonly content: Checked;
  readonly expiresAtMs: number;
}

/** What an answer takes at most for each character of its body: objects, lossless numbers, and the texts cut from it. */
const BYTES_PER_CHARACTER = 12;
/** What comes to every answer: its key, and its place. */
const ENTRY_BYTES = 500;

/** A store of this process alone. Keeps answers as they are, so that finding one costs no reading of JSON. */
export function createMemoryReadStore({
  now = () => performance.now(),
  maxEntries = 5000,
  maxBytes = 64_000_000,
}: MemoryReadStoreOptions = {}): ReadStore {
  const entries = createRecentEntries<MemoryEntry>({ maxEntries, maxWeight: maxBytes });
  const epochs = createWriteEpochs(now);

  function fresh(key: string): MemoryEntry | null {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    if (entry.expiresAtMs > now()) return entry;
    entries.delete(key);
    return null;
  }

  return {
    // To look for a key takes its hash, and it is as long as what it is read by.
    look: (key, subjects) => ({ kept: entries.isEmpty ? null : fresh(key), epoch: epochs.of(subjects) }),
    keep(key, subjects, { epoch, checked, text }, forMs) {
      const weight = ENTRY_BYTES + BYTES_PER_CHARACTER * text.length;
      if (epochs.of(subjects) === epoch)
        entries.set(key, { epoch, content: checked, expiresAtMs: now() + forMs }, weight);
      return Promise.resolve();
    },
    beginWrite(write, subjects, forMs) {
      epochs.begin(write, subjects, forMs);
      return Promise.resolve();
    },
    endWrite(write, subjects) {
      epochs.end(write, subjects);
      return Promise.resolve();
    },
    close() {
      // It ends with whoever holds it.
    },
  };
}
