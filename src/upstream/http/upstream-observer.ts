import type { ErrorCode } from '../../errors/error-code.ts';
import type { Provider } from '../../provider.ts';

/** One attempt at a call of an upstream, in words of closed sets: nothing of it comes from a client or an upstream. */
export interface UpstreamCall {
  readonly provider: Provider;
  /** The operation's name in the upstream's OpenAPI document. */
  readonly operation: string;
  /** 1 for the first try, more where it is repeated. */
  readonly attempt: number;
}

/**
 * How a call came out: the code of its failure, or else `OK`, `NOT_FOUND` where the upstream does not know what was
 * asked for, `CANCELLED` where nobody waited for the answer any more, and `FAULT` for an error of the gateway itself.
 */
export type CallOutcome = 'OK' | 'CANCELLED' | 'FAULT' | ErrorCode;

/** A call under way. */
export interface ObservedCall {
  /** Headers to send with it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The upstream's status has arrived; the body may still fail. */
  answered(status: number): void;
  end(outcome: CallOutcome): void;
}

/** What hears of everything that is asked of upstreams. */
export interface UpstreamObserver {
  begin(call: UpstreamCall): ObservedCall;
  /** A loader has put this many keys into one batch. */
  batched(loader: string, size: number): void;
}

const UNSEEN: ObservedCall = { headers: {}, answered: () => undefined, end: () => undefined };

/** Hears of nothing. */
export const NO_OBSERVER: UpstreamObserver = { begin: () => UNSEEN, batched: () => undefined };
