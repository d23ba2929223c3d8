import { RecordStoreError, type RecordStore } from '../../src/write/record-store.ts';

/** A store that a test watches and takes away. */
export interface WatchedStore extends RecordStore {
  /** What was done so far, failures included: `put write`, `get lane`. */
  readonly operations: string[];
  /** Asked from now on, with the number of operations before, whether an operation fails. */
  failWhere(fails: (place: number) => boolean): void;
  /** Done right before the next put, as another process could. */
  beforeNextPut(action: () => Promise<unknown>): void;
}

/** Every operation passes until told otherwise. */
export function watchStore(store: RecordStore): WatchedStore {
  const operations: string[] = [];
  let isFailing: (place: number) => boolean = () => false;
  let intrude: (() => Promise<unknown>) | null = null;

  function note(operation: string, key: string): void {
    const place = operations.length;
    operations.push(`${operation} ${key.split(':')[0] ?? ''}`);
    if (isFailing(place)) throw new RecordStoreError('the test has taken the records away');
  }

  return {
    operations,
    failWhere(fails) {
      isFailing = fails;
    },
    beforeNextPut(action) {
      intrude = action;
    },
    async get(key) {
      note('get', key);
      return store.get(key);
    },
    async put(key, text, options) {
      note('put', key);
      const action = intrude;
      intrude = null;
      await action?.();
      return store.put(key, text, options);
    },
    async remove(key, version) {
      note('remove', key);
      return store.remove(key, version);
    },
    close: () => store.close(),
  };
}
