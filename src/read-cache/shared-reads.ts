import { ShortLivedMap } from '../short-lived-map.ts';

/** A read under way that others may join. */
export interface StartedRead<Answer> {
  readonly answer: Promise<Answer>;
  /** Until when others may join; not before the answer, and whatever comes of it. */
  readonly settled: Promise<unknown>;
}

interface SharedRead<Answer> extends StartedRead<Answer> {
  readonly controller: AbortController;
  waiting: number;
}

/** Who waits for a read. */
interface Waiter<Answer> {
  readonly shared: SharedRead<Answer>;
  readonly resolve: (answer: Promise<Answer>) => void;
}

/** Lets equal reads that are wanted at the same time be sent once. */
export class SharedReads<Answer> {
  readonly #running = new ShortLivedMap<string, SharedRead<Answer>>();

  /**
   * The answer to the read of this name: of the one under way, or else of a new one. A failure fails all who wait for it.
   *
   * @param signal ends the waiting of this caller, who gets its reason. The read itself ends only when nobody waits for it
   * @param start starts the read, which ends with the signal that it is given
   */
  join(
    name: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => StartedRead<Answer>,
  ): Promise<Answer> {
    if (signal.aborted) return rejectedWith(signal);
    const shared = this.#running.get(name) ?? this.#start(name, start);
    shared.waiting += 1;
    return new Promise((resolve) => {
      // Listeners that have been removed go on pointing to those added later: they must hold no answers.
      let waiter: Waiter<Answer> | null = { shared, resolve };
      const end = (): Waiter<Answer> | null => {
        const ended = waiter;
        waiter = null;
        if (ended !== null) ended.shared.waiting -= 1;
        return ended;
      };
      const leave = (): void => {
        const ended = end();
        if (ended === null) return;
        if (ended.shared.waiting === 0) this.#giveUp(name, ended.shared, signal.reason);
        ended.resolve(rejectedWith(signal));
      };
      const stay = (): void => {
        signal.removeEventListener('abort', leave);
        const ended = end();
        ended?.resolve(ended.shared.answer);
      };
      signal.addEventListener('abort', leave, { once: true });
      shared.answer.then(stay, stay);
    });
  }

  #start(name: string, start: (signal: AbortSignal) => StartedRead<Answer>): SharedRead<Answer> {
    const controller = new AbortController();
    const shared = { ...start(controller.signal), controller, waiting: 0 };
    this.#running.set(name, shared);
    const forget = (): void => this.#forget(name, shared);
    shared.settled.then(forget, forget);
    return shared;
  }

  #giveUp(name: string, shared: SharedRead<Answer>, reason: unknown): void {
    this.#forget(name, shared);
    shared.controller.abort(reason);
  }

  #forget(name: string, shared: SharedRead<Answer>): void {
    if (this.#running.get(name) === shared) this.#running.delete(name);
  }
}

/** Whoever has left gets its own reason. */
function rejectedWith(signal: AbortSignal): Promise<never> {
  return Promise.resolve().then(() => {
    signal.throwIfAborted();
    throw new TypeError('the signal has not aborted');
  });
}

/** What comes first: the work's outcome, or a rejection with the signal's reason. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    await Promise.race([work, aborted]);
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener('abort', end);
  }
}
