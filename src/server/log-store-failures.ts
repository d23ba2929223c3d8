import type { Logger } from 'pino';
import { RecordStoreError, type RecordStore } from '../write/record-store.ts';

/** The same store, with every failure of it in the log: a write that is refused for it says so to its client alone. */
export function logStoreFailures(store: RecordStore, logger: Logger): RecordStore {
  async function logged<T>(change: Promise<T>): Promise<T> {
    try {
      return await change;
    } catch (error) {
      if (error instanceof RecordStoreError) logger.error({ fault: error.message }, 'idempotency records');
      throw error;
    }
  }
  return {
    get: (key) => logged(store.get(key)),
    put: (key, text, options) => logged(store.put(key, text, options)),
    remove: (key, version) => logged(store.remove(key, version)),
    close: () => store.close(),
  };
}
