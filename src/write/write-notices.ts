import type { Write } from './write.ts';

/** Whose data a write changes. */
export type WrittenCustomer = Pick<Write<unknown>, 'provider' | 'customerId'>;

/** Tells those who keep what they have read of a customer that the customer is being written. */
export interface WriteNotices {
  /**
   * Before anything of the write is sent.
   *
   * @param forMs how long the write may take
   * @throws RecordStoreError where they cannot be told; nothing may be sent then, for they would show what was before
   */
  begin(customer: WrittenCustomer, forMs: number): Promise<WriteNotice>;
}

/** They have been told. */
export interface WriteNotice {
  /** Nothing more can come of the write. Where this is not called, they take it that something may, for some time. Never rejects. */
  end(): Promise<void>;
}
