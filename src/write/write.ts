import type { JsonValue } from '../json/json-object.ts';
import type { Provider } from '../provider.ts';

/**
 * A change of an upstream that must take effect at most once, as runWrite carries it out. Built per GraphQL request by
 * the provider's side; everything that it throws is an UpstreamError.
 */
export interface Write<Result> {
  readonly provider: Provider;
  /** Whose data it changes; equal for all spellings of one id. */
  readonly customerId: string;
  /** Name of the upstream operation. */
  readonly operation: string;
  /** All that is going to be sent, the path's ids included. Two writes with equal requests are the same input. */
  readonly request: JsonValue;
  /**
   * Names the writes whose effects the upstream shows alike, so that state alone cannot tell them apart: they run one
   * after another, and each effect is counted for one of them only. Null where one effect serves any number of them.
   */
  readonly lane: string | null;
  /**
   * What has to be known before anything is sent. Where it cannot be read nothing is sent: state could never tell then
   * whether the write took effect.
   */
  survey(signal: AbortSignal): Promise<Survey>;
  /** One attempt. Never throws for what the network or the upstream does. */
  send(idempotencyKey: string, signal: AbortSignal): Promise<Attempt<Done<Result>>>;
  /**
   * Reads the upstream's state back: an effect that may be this write's, null when there is none. Of several that are
   * alike it is the least contested one (least-contested.ts).
   *
   * @param before what the survey found
   */
  find(before: Baseline, others: OtherWrites, signal: AbortSignal): Promise<Effect | null>;
}

/** The writes that share a lane with this one, as far as its own effect has to be told from theirs. */
export interface OtherWrites {
  /** Effects that belong to them. */
  readonly claimed: ReadonlySet<string>;
  /** What was there before each of those that are without an outcome, and have yet to find their effects. */
  readonly baselines: readonly Baseline[];
}

/** What a write has made, by names that the provider's side can read it by later. */
export type Effect = readonly string[];

/** What was there before the first attempt, in the provider's own terms. */
export type Baseline = readonly string[];

/** What the state before the first attempt says. */
export type Survey =
  /** `before` is kept with the record. */
  | { readonly kind: 'ready'; readonly before: Baseline }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | { readonly kind: 'not-found' };

/** What one attempt came to. */
export type Attempt<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** Understood and refused: this attempt changed nothing. */
  | { readonly kind: 'refused'; readonly status: number }
  /** The gateway's own token was refused, before anything else was looked at. */
  | { readonly kind: 'unauthorized'; readonly status: number }
  /** No connection came about: nothing was sent. */
  | { readonly kind: 'not-sent' }
  /** 429. */
  | { readonly kind: 'rate-limited' }
  /**
   * It may have taken effect, or may still do so. A failure or a conflict (409) is a whole answer that says nothing sure,
   * and that the upstream may keep for this idempotency key.
   */
  | { readonly kind: 'unclear'; readonly answer: 'none' | 'failure' | 'conflict' };

/** The answer to an attempt that took effect. */
export interface Done<Result> {
  readonly result: Result;
  /** @param before what the survey found */
  effect(before: Baseline, claimed: ReadonlySet<string>): Effect;
}

/** How a write came out. */
export type WriteOutcome<Result> =
  /** `result` is null where an earlier call, or the state read back, told of the success. */
  | { readonly kind: 'succeeded'; readonly effect: Effect; readonly result: Result | null }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | { readonly kind: 'not-found' }
  /** The key belongs to another input, or a call with it is still running. */
  | { readonly kind: 'conflict'; readonly reason: 'other-input' | 'running' }
  /** Nothing was sent, or the upstream asked to come back later, and nothing is there. */
  | {
      readonly kind: 'unavailable';
      readonly reason: 'upstream' | 'rate-limited' | 'records' | 'lane' | 'time';
    }
  | { readonly kind: 'unknown' };
