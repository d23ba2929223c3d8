import type { Checked } from './checked.ts';

/** An answer with what was true before its upstream was asked. */
export interface KeptAnswer {
  /** The epoch of its subjects at that time. */
  readonly epoch: string;
  /** What a store in this process keeps. */
  readonly checked: Checked;
  /** The body that it was read from; what a store outside keeps. */
  readonly text: string;
}

/** What a store says about a read. */
export interface LookedUp {
  /** The answer that was kept last, usable only in the epoch that it was kept in; null where there is none. */
  readonly kept: FoundAnswer | null;
  /**
   * Names the time between two writes for all subjects together, and is never the same again after a write has begun or
   * ended; null while a write is under way.
   */
  readonly epoch: string | null;
}

/** A kept answer as it comes back: as it was, or only its text. */
export interface FoundAnswer {
  readonly epoch: string;
  readonly content: Checked | string;
}

/**
 * Keeps answers for some time, and knows which subjects are being written. Shared by all who open the same store. Every
 * method rejects with ReadStoreError when the store cannot be reached.
 */
export interface ReadStore {
  /** Both as of one moment; at once where nothing has to be waited for. */
  look(key: string, subjects: readonly string[]): LookedUp | Promise<LookedUp>;
  /**
   * Keeps an answer in place of an earlier one, unless it is too large or the epoch of its subjects is over. Done only once
   * whoever has looked before it was kept knows that there was nothing.
   */
  keep(key: string, subjects: readonly string[], answer: KeptAnswer, forMs: number): Promise<void>;
  /** A write of the subjects begins, or goes on: their epoch is over, and a new one begins when it ends or its time is over. */
  beginWrite(write: string, subjects: readonly string[], forMs: number): Promise<void>;
  /** Ends such a write. */
  endWrite(write: string, subjects: readonly string[]): Promise<void>;
  close(): void;
}

/** The store cannot be used. Its message holds no address, key or answer. */
export class ReadStoreError extends Error {
  override readonly name = 'ReadStoreError';
}
