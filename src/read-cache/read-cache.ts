import { hasPassed, type Check, type Checked } from './checked.ts';
import { ReadStoreError, type LookedUp, type ReadStore } from './read-store.ts';
import { SharedReads, untilAborted } from './shared-reads.ts';

/** An answer with the text that it was read from; null where that was not asked for. */
export interface FetchedAnswer<T> {
  readonly answer: T;
  readonly text: string | null;
}

/** A read whose answer may serve for others. */
export interface ReusableRead<T> {
  /** Equal for reads with the same answer. */
  readonly key: string;
  /** Whose writes end the answer; none for what no write changes. */
  readonly subjects: readonly string[];
  /** How long the answer may serve, from before it was asked for; 0: only for those who wait for it. */
  readonly forMs: number;
  mayKeep(answer: T): boolean;
  /** The same function for all reads of this key. */
  readonly check: Check<T>;
  /** The answer in a text that was kept; null where there is none. */
  parse(text: string): T | null;
  /** Asks the upstream, for the text as well where the answer is to serve later; null where there is no such object. */
  fetch(signal: AbortSignal): Promise<FetchedAnswer<T> | null>;
  /** Ends this caller's waiting. */
  readonly signal: AbortSignal;
}

/**
 * Where an answer came from: what was kept, the upstream, a read that was under way already, or the upstream because
 * nothing may be shared now, since the store is away or a write is running.
 */
export type ReadCacheResult = 'hit' | 'miss' | 'joined' | 'bypassed';

/** What reads share. */
export interface ReadCacheOptions {
  readonly store: ReadStore;
  /** Hears of every read. */
  readonly observe?: (result: ReadCacheResult) => void;
  /** In milliseconds from any start. */
  readonly now?: () => number;
}

/** Of what no write changes, where nothing is kept. */
const NOTHING_KEPT: LookedUp = { kept: null, epoch: '' };

/**
 * Lets one read of an upstream serve for several GraphQL requests: for those that ask while it is under way, and for those
 * that come within its time. Never across a write of its subjects that has begun or ended in between, as far as the store
 * knows of it; and not at all while the store cannot be reached.
 */
export class ReadCache {
  readonly #store: ReadStore;
  readonly #now: () => number;
  readonly #observe: (result: ReadCacheResult) => void;
  readonly #reads = new SharedReads<Checked | null>();

  constructor({ store, observe = () => undefined, now = () => performance.now() }: ReadCacheOptions) {
    this.#store = store;
    this.#observe = observe;
    this.#now = now;
  }

  /** Rejects with whatever `fetch` rejects with, or with the reason of the caller's signal. */
  read<T>(read: ReusableRead<T>): Promise<T | null> {
    const startedMs = this.#now();
    const found = this.#look(read);
    return found instanceof Promise
      ? found.then((late) => this.#readWith(late, read, startedMs))
      : this.#readWith(found, read, startedMs);
  }

  async #readWith<T>(found: LookedUp | null, read: ReusableRead<T>, startedMs: number): Promise<T | null> {
    if (found === null || found.epoch === null) {
      this.#observe('bypassed');
      return (await read.fetch(read.signal))?.answer ?? null;
    }
    const { epoch } = found;
    const kept = usable(found, epoch, read);
    if (kept !== null) {
      this.#observe('hit');
      return kept.answer;
    }
    let result: ReadCacheResult = 'joined';
    const reading = this.#reads.join(`${read.key}\n${epoch}`, read.signal, (signal) => {
      result = 'miss';
      const fetched = read.fetch(signal);
      const answer = fetched.then((each) => toChecked(each, read.check));
      if (read.forMs === 0) return { answer, settled: answer };
      const settled = fetched.then(
        (each) => this.#keep(read, epoch, each, startedMs),
        () => undefined,
      );
      return { answer, settled };
    });
    this.#observe(result);
    const checked = await reading;
    return checked === null ? null : valueOf(checked, read.check);
  }

  /** Null where the store cannot be asked. */
  #look({ key, subjects, forMs, signal }: ReusableRead<unknown>): LookedUp | null | Promise<LookedUp | null> {
    if (forMs === 0 && subjects.length === 0) return NOTHING_KEPT;
    const found = this.#store.look(key, subjects);
    if (!(found instanceof Promise)) return found;
    return untilAborted(found, signal).catch((error: unknown) => {
      if (error instanceof ReadStoreError) return null;
      throw error;
    });
  }

  async #keep<T>(
    read: ReusableRead<T>,
    epoch: string,
    fetched: FetchedAnswer<T> | null,
    startedMs: number,
  ): Promise<void> {
    const leftMs = startedMs + read.forMs - this.#now();
    if (fetched === null || leftMs <= 0 || !read.mayKeep(fetched.answer)) return;
    const { answer, text } = fetched;
    if (text === null) return;
    const checked = { value: answer, check: read.check };
    try {
      await this.#store.keep(read.key, read.subjects, { epoch, checked, text }, leftMs);
    } catch (error) {
      if (!(error instanceof ReadStoreError)) throw error;
    }
  }
}

function usable<T>({ kept }: LookedUp, epoch: string, read: ReusableRead<T>): { readonly answer: T } | null {
  if (kept === null || kept.epoch !== epoch) return null;
  const { content } = kept;
  if (typeof content === 'string') {
    const answer = read.parse(content);
    return answer === null ? null : { answer };
  }
  return { answer: valueOf(content, read.check) };
}

function toChecked<T>(fetched: FetchedAnswer<T> | null, check: Check<T>): Checked | null {
  return fetched === null ? null : { value: fetched.answer, check };
}

/** @throws TypeError where one key stands for two kinds of answers */
function valueOf<T>(checked: Checked, check: Check<T>): T {
  if (!hasPassed(checked, check)) throw new TypeError('one key stands for two kinds of answers');
  return checked.value;
}
