import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { CallSlots } from './call-slots.ts';

/** One call, as it goes out. */
export interface DispatchedCall {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/** What holds for the answer to a call. */
export interface DispatchLimits {
  /** Ends the call early, with its reason. */
  readonly signal: AbortSignal;
  /** Until the answer is complete; then the call ends with a TimeoutError. */
  readonly timeoutMs: number;
  /** Of the body, as it comes over the network. */
  readonly maxBytes: number;
  /** Where large bodies wait for one another. */
  readonly large: CallSlots;
  /** Hears of the answer's head, and says whether its body is wanted. */
  readonly wantsBody: (status: number, headers: IncomingHttpHeaders) => boolean;
}

/** An answer as it came. */
export interface DispatchedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Null where it was not wanted, or is too large. */
  readonly body: Buffer | null;
}

/** Bodies are read side by side up to there, and beyond it one after another: many at once would fill the memory. */
const MAX_SMALL_BYTES = 256 * 1024;
/** A body that nobody wants is taken in up to there, so that its connection can be used again. */
const MAX_UNWANTED_BYTES = 64 * 1024;
/** Aborts a call whose outcome is known; nobody gets to see it. */
const ENOUGH = new Error('enough has been read');

/**
 * Sends a call and collects its answer, without the streams and signals that lie between undici and an answer that is
 * wanted as a whole anyway. An answer whose body is not wanted is given as soon as its head is there.
 *
 * @param take makes something of the answer as soon as it is there
 * @throws what `take` and undici do, a TimeoutError, or the reason of the signal
 */
export function dispatchCall<Result>(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  call: DispatchedCall,
  take: (answered: DispatchedAnswer) => Result | Promise<Result>,
  limits: DispatchLimits,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const outcome: Outcome = {
      resolve(answered) {
        try {
          resolve(take(answered));
        } catch (error) {
          outcome.reject(error);
        }
      },
      reject,
    };
    dispatcher.dispatch(call, new Collector(limits, outcome));
  });
}

/** Tells how a call has ended. */
interface Outcome {
  readonly resolve: (answer: DispatchedAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Takes in the answer to one call. Its outcome is decided once; what comes later is ignored. */
class Collector implements Dispatcher.DispatchHandler {
  readonly #limits: DispatchLimits;
  #outcome: Outcome | null;
  /** Runs until the answer has ended, also where its body is not wanted: it would hold its connection for ever otherwise. */
  readonly #timer: NodeJS.Timeout;
  #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #head: Omit<DispatchedAnswer, 'body'> | null = null;
  #size = 0;
  /** Whether it has, or waits for, the place of large bodies. */
  #isLarge = false;
  #hasPlace = false;

  constructor(limits: DispatchLimits, outcome: Outcome) {
    this.#limits = limits;
    this.#outcome = outcome;
    this.#timer = setTimeout(this.#onTimeout, limits.timeoutMs);
    if (limits.signal.aborted) this.#onAbort();
    else limits.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isDecided) controller.abort(ENOUGH);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // 100 and its like come before the answer.
    if (status < 200 || this.#isDecided) return;
    this.#head = { status, headers };
    const isWanted = this.#limits.wantsBody(status, headers);
    if (!isWanted) this.#decide()?.resolve({ status, headers, body: null });
    else if (Number(headers['content-length']) > this.#limits.maxBytes) this.#refuse(controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#isDecided) {
      if (this.#size > MAX_UNWANTED_BYTES) controller.abort(ENOUGH);
      return;
    }
    if (this.#size > this.#limits.maxBytes) {
      this.#refuse(controller);
      return;
    }
    this.#chunks.push(chunk);
    if (this.#size > MAX_SMALL_BYTES && !this.#isLarge) this.#waitForPlace(controller);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const head = this.#head;
    if (head === null) return;
    const [first] = this.#chunks;
    const body =
      first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#size);
    this.#decide()?.resolve({ ...head, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#decide()?.reject(error);
  }

  #refuse(controller: Dispatcher.DispatchController): void {
    const head = this.#head;
    if (head !== null) this.#decide()?.resolve({ ...head, body: null });
    controller.abort(ENOUGH);
  }

  #waitForPlace(controller: Dispatcher.DispatchController): void {
    this.#isLarge = true;
    const turn = this.#limits.large.take(this.#limits.signal);
    if (turn === null) {
      this.#hasPlace = true;
      return;
    }
    controller.pause();
    void turn.then((hasPlace) => {
      if (!hasPlace) return;
      if (this.#isDecided) this.#limits.large.leave();
      else {
        this.#hasPlace = true;
        controller.resume();
      }
    });
  }

  readonly #onTimeout = (): void => {
    this.#end(new DOMException('the time is over', 'TimeoutError'));
  };

  readonly #onAbort = (): void => {
    this.#end(this.#limits.signal.reason);
  };

  #end(reason: unknown): void {
    clearTimeout(this.#timer);
    this.#decide()?.reject(reason);
    this.#controller?.abort(ENOUGH);
  }

  get #isDecided(): boolean {
    return this.#outcome === null;
  }

  /**
   * Whom to tell; null where it has been told. From then on this holds nothing of the answer: listeners of the same signal
   * that have been removed earlier still point here.
   */
  #decide(): Outcome | null {
    const outcome = this.#outcome;
    if (outcome === null) return null;
    this.#outcome = null;
    this.#chunks = [];
    this.#limits.signal.removeEventListener('abort', this.#onAbort);
    if (this.#hasPlace) this.#limits.large.leave();
    return outcome;
  }
}
