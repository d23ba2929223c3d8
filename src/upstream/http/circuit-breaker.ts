/** What a call says about whether its upstream works; `nothing` where nobody waited for the end of it. */
export type CallVerdict = 'answered' | 'failed' | 'nothing';

/** Closed: calls go through. Open: none does. Half-open: one does, and by it the breaker closes or opens again. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** How a breaker is set. */
export interface CircuitBreakerOptions {
  /** How long nothing is called once most calls have failed; 0: the breaker never opens. */
  readonly breakMs: number;
  /** The clock, in milliseconds from any start. */
  readonly now?: () => number;
  /** Hears of each time that it opens after it was closed, and of each time that it closes. */
  readonly changed?: (state: 'open' | 'closed') => void;
}

/** Outcomes count for one such period and the rest of the next one, so that those of the latest seconds decide. */
const PERIOD_MS = 2500;
/** Fewer calls than that in a period say too little, and do an ailing upstream little harm. */
const MIN_CALLS = 20;
/**
 * With three tries a read still succeeds seven times in eight while half of the calls fail, and one broken operation is no
 * reason to refuse the others; an upstream that is down or hangs fails nearly all.
 */
const FAILED_SHARE = 0.8;

interface Outcomes {
  calls: number;
  failed: number;
}

/** Keeps calls away from an upstream that answers hardly any, and finds out with one call at a time when that is over. */
export class CircuitBreaker {
  readonly #breakMs: number;
  readonly #now: () => number;
  readonly #changed: (state: 'open' | 'closed') => void;
  /** Changes with the state: a call that was let through in an earlier one says nothing about this one. */
  #generation = 0;
  /** Null while closed. */
  #halfOpenAtMs: number | null = null;
  #isProbing = false;
  #periodEndsAtMs = 0;
  #current: Outcomes = { calls: 0, failed: 0 };
  #previous: Outcomes = { calls: 0, failed: 0 };

  constructor({ breakMs, now = () => performance.now(), changed = () => undefined }: CircuitBreakerOptions) {
    this.#breakMs = breakMs;
    this.#now = now;
    this.#changed = changed;
  }

  get state(): BreakerState {
    if (this.#halfOpenAtMs === null) return 'closed';
    return this.#now() < this.#halfOpenAtMs ? 'open' : 'half-open';
  }

  /** Whether `enter` would let nobody through. */
  get isRefusing(): boolean {
    return this.#halfOpenAtMs !== null && (this.#isProbing || this.state === 'open');
  }

  /** Lets a call through, whose verdict must be reported by the number given; null: it is not to be made. */
  enter(): number | null {
    if (this.isRefusing) return null;
    if (this.#halfOpenAtMs !== null) this.#isProbing = true;
    return this.#generation;
  }

  /** @param entered what `enter` gave */
  report(entered: number, verdict: CallVerdict): void {
    if (entered !== this.#generation) return;
    if (this.#isProbing) this.#endProbe(verdict);
    else if (verdict !== 'nothing') this.#count(verdict === 'failed');
  }

  #endProbe(verdict: CallVerdict): void {
    this.#isProbing = false;
    if (verdict === 'failed') this.#open();
    if (verdict !== 'answered') return;
    this.#generation += 1;
    this.#halfOpenAtMs = null;
    this.#changed('closed');
  }

  #count(hasFailed: boolean): void {
    const now = this.#now();
    if (now >= this.#periodEndsAtMs) this.#beginPeriod(now);
    this.#current.calls += 1;
    if (!hasFailed) return;
    this.#current.failed += 1;
    const calls = this.#current.calls + this.#previous.calls;
    const failed = this.#current.failed + this.#previous.failed;
    if (this.#breakMs === 0 || calls < MIN_CALLS || failed < FAILED_SHARE * calls) return;
    this.#open();
    this.#changed('open');
  }

  #beginPeriod(now: number): void {
    const isNext = now < this.#periodEndsAtMs + PERIOD_MS;
    this.#previous = isNext ? this.#current : { calls: 0, failed: 0 };
    this.#current = { calls: 0, failed: 0 };
    this.#periodEndsAtMs = now + PERIOD_MS;
  }

  #open(): void {
    this.#generation += 1;
    this.#halfOpenAtMs = this.#now() + this.#breakMs;
    this.#current = { calls: 0, failed: 0 };
    this.#previous = { calls: 0, failed: 0 };
  }
}
