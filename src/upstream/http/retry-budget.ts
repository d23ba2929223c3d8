/** What each first try adds: at most a fifth of the calls that an upstream gets may be repetitions. */
const EARNED_BY_A_CALL = 0.2;
/** So many a gateway with little to do may always make, and gets back at this rate. */
const ALWAYS_ALLOWED = 10;
const REGAINED_PER_MS = 1 / 1000;
/** What calls have earned is kept up to as many as can be under way at once, all of which one broken proxy can end. */
const MOST_KEPT = 64;

/** How many calls of one upstream may still be repeated, so that an outage is not made worse by those who ask again. */
export class RetryBudget {
  readonly #now: () => number;
  #balance = ALWAYS_ALLOWED;
  #updatedAtMs: number;

  /** @param now the clock, in milliseconds from any start */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#updatedAtMs = now();
  }

  /** A call is tried for the first time. */
  earn(): void {
    this.#balance = Math.min(MOST_KEPT, this.#balance + EARNED_BY_A_CALL);
  }

  /** Whether one may be tried again, which is taken as done. */
  spend(): boolean {
    const now = this.#now();
    const regained = (now - this.#updatedAtMs) * REGAINED_PER_MS;
    this.#updatedAtMs = now;
    if (this.#balance < ALWAYS_ALLOWED) this.#balance = Math.min(ALWAYS_ALLOWED, this.#balance + regained);
    if (this.#balance < 1) return false;
    this.#balance -= 1;
    return true;
  }
}
