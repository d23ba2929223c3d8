/** A record as a store holds it. */
export interface StoredRecord {
  /** Changes with every write; what a later write must name to succeed. */
  readonly version: number;
  readonly text: string;
}

/** How to put a record. */
export interface PutOptions {
  /** The version that the record must have now; null where there must be none. */
  readonly expected: number | null;
  /** How long the record is kept from now on, in milliseconds. */
  readonly keepMs: number;
}

/**
 * Keeps small texts under keys, shared by all who open the same store. A record that was put is there after a crash of
 * this process. Every method throws RecordStoreError when the store cannot be reached.
 */
export interface RecordStore {
  /** Null where there is none, or where its time is over. */
  get(key: string): Promise<StoredRecord | null>;
  /** Puts the record if it is as expected; its new version, or null where somebody else was faster. Atomic over all processes. */
  put(key: string, text: string, options: PutOptions): Promise<number | null>;
  /** Removes the record if it has this version; false where it has not. Atomic over all processes. */
  remove(key: string, version: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The store cannot be used. Its message holds no address and no record. */
export class RecordStoreError extends Error {
  override readonly name = 'RecordStoreError';
}
