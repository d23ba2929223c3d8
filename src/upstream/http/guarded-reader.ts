import { setTimeout as sleep } from 'node:timers/promises';
import {
  UpstreamError,
  UpstreamTimeoutError,
  UpstreamUnavailableError,
} from '../../errors/upstream-error.ts';
import type { FetchedAnswer } from '../../read-cache/read-cache.ts';
import type { CallSlots } from './call-slots.ts';
import type { BreakerState, CallVerdict, CircuitBreaker } from './circuit-breaker.ts';
import { endedError } from './failure.ts';
import type { RetryBudget } from './retry-budget.ts';
import type { LiveReader, UpstreamClient, UpstreamRead } from './upstream-client.ts';

/** What guards the reads of one upstream. */
export interface GuardedReaderOptions {
  readonly client: Pick<UpstreamClient, 'provider' | 'fetch' | 'health' | 'timeoutMs'>;
  readonly breaker: CircuitBreaker;
  readonly slots: CallSlots;
  readonly budget: RetryBudget;
  /** The clock of `UpstreamRead.endsAtMs`. */
  readonly now?: () => number;
  /** At least 0 and less than 1. */
  readonly random?: () => number;
  /** Ends early, in whatever way, with the signal. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** How the reads of one upstream are doing. */
export interface GuardStatus {
  readonly breaker: BreakerState;
  readonly running: number;
  readonly waiting: number;
  /** Since the start: tries after the first of a read. */
  readonly retries: number;
  /** Since the start: reads that were not sent, since the breaker was open, or too many were waiting. */
  readonly refused: { readonly breaker: number; readonly queue: number };
}

/**
 * The longest pauses before the second and the third try; there are no more. The real ones lie anywhere between nothing
 * and that, so that those who failed together do not come back together. Long enough for another instance to have taken
 * over behind a load balancer, and short beside the time that a person waits for an answer.
 */
const LONGEST_PAUSES_MS = [100, 400];

/**
 * So many times as long as a try may take there must be left before it: some reads begin when another has failed, a merged
 * list's of the other provider among them, and must not find the time used up.
 */
const TRY_AND_REST = 1.5;

type ReadTime = Pick<UpstreamRead<unknown>, 'signal' | 'endsAtMs'>;

/** A read that was not sent. */
class RefusedReadError extends UpstreamUnavailableError {}

/**
 * Reads an upstream as often as it takes, within bounds: reads wait in a line of bounded length for one of a bounded number
 * of places, are tried again where that may help and there is time, and are not sent at all while a breaker is open.
 */
export class GuardedReader implements LiveReader {
  readonly provider: UpstreamClient['provider'];
  readonly health: LiveReader['health'];
  readonly #options: GuardedReaderOptions;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly #refused = { breaker: 0, queue: 0 };
  #retries = 0;

  constructor(options: GuardedReaderOptions) {
    const { client, breaker } = options;
    this.provider = client.provider;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#random = options.random ?? Math.random;
    this.#pause = options.pause ?? ((ms, signal) => sleep(ms, undefined, { signal }));
    this.health = {
      judge: () => (breaker.state === 'open' ? 'DOWN' : client.health.judge()),
      // When one call may go through again, what was heard before says too little.
      isOlderThan: (ageMs) => breaker.state === 'half-open' || client.health.isOlderThan(ageMs),
    };
  }

  get status(): GuardStatus {
    const { breaker, slots } = this.#options;
    const { running, waiting } = slots;
    return { breaker: breaker.state, running, waiting, retries: this.#retries, refused: this.#refused };
  }

  /**
   * The checked answer; null where the upstream answers 404.
   *
   * @throws UpstreamError as the last try of the client did, or UpstreamUnavailableError where nothing was sent
   */
  async read<T>(read: UpstreamRead<T>): Promise<T | null> {
    return (await this.fetch(read))?.answer ?? null;
  }

  /** The same with the text of the answer. */
  async fetch<T>(read: UpstreamRead<T>): Promise<FetchedAnswer<T> | null> {
    this.#options.budget.earn();
    let failure: UpstreamError | null = null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#try(read, attempt);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        // What the upstream itself has said tells more than that it was not asked again.
        if (error instanceof RefusedReadError) throw failure ?? error;
        failure = error;
      }
      const pauseMs = this.#pauseMs(read, attempt, failure);
      if (pauseMs === null) throw failure;
      await this.#pause(pauseMs, read.signal).catch(() => undefined);
    }
  }

  async #try<T>(read: UpstreamRead<T>, attempt: number): Promise<FetchedAnswer<T> | null> {
    const { client, breaker, slots } = this.#options;
    if (breaker.isRefusing) throw this.#refusal('breaker');
    if (slots.isFull) throw this.#refusal('queue');
    const turn = slots.take(read.signal);
    if (turn !== null && !(await turn)) throw endedError(this.provider, read.signal);
    let entered: number | null = null;
    let verdict: CallVerdict = 'nothing';
    try {
      // Pause and line may have taken it, or the client has gone.
      if (attempt > 1 && !this.#hasTime(read)) throw new RefusedReadError(this.provider, 'No time is left.');
      entered = breaker.enter();
      if (entered === null) throw this.#refusal('breaker');
      if (attempt > 1) this.#retries += 1;
      const answer = await client.fetch(read, attempt);
      verdict = 'answered';
      return answer;
    } catch (error) {
      verdict = verdictOf(error, read.signal);
      throw error;
    } finally {
      if (entered !== null) breaker.report(entered, verdict);
      slots.leave();
    }
  }

  /** How long to wait before another try; null where there is to be none. */
  #pauseMs(read: ReadTime, attempt: number, failure: UpstreamError): number | null {
    const longest = LONGEST_PAUSES_MS[attempt - 1];
    if (longest === undefined || !failure.retryable) return null;
    const pauseMs = (failure.retryAfterMs ?? 0) + this.#random() * longest;
    return this.#hasTime(read, pauseMs) && this.#options.budget.spend() ? pauseMs : null;
  }

  /** Whether a try after the pause ends within the request and leaves time for others, however long it takes. */
  #hasTime({ signal, endsAtMs = Number.NEGATIVE_INFINITY }: ReadTime, pauseMs = 0): boolean {
    const neededMs = pauseMs + TRY_AND_REST * this.#options.client.timeoutMs;
    return !signal.aborted && this.#now() + neededMs <= endsAtMs;
  }

  #refusal(reason: keyof GuardStatus['refused']): RefusedReadError {
    this.#refused[reason] += 1;
    return new RefusedReadError(
      this.provider,
      reason === 'breaker'
        ? 'The provider has failed nearly every call, and is not called for a moment.'
        : 'Too many calls of the provider are waiting already.',
    );
  }
}

/** What a try that gave no answer says about its upstream. A refusal, and an answer that cannot be used, are answers. */
function verdictOf(error: unknown, signal: AbortSignal): CallVerdict {
  if (signal.aborted || !(error instanceof UpstreamError)) return 'nothing';
  const isFailure = error instanceof UpstreamUnavailableError || error instanceof UpstreamTimeoutError;
  return isFailure ? 'failed' : 'answered';
}
