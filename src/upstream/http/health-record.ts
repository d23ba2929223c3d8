const REMEMBERED = 20;

/** The latest outcomes of the calls to one upstream; what its health is judged by. */
export class HealthRecord {
  readonly #outcomes: boolean[] = [];
  #latestMs = 0;

  /** @param answered whether the upstream gave a usable answer, a refusal included */
  record(answered: boolean): void {
    this.#outcomes.push(answered);
    if (this.#outcomes.length > REMEMBERED) this.#outcomes.shift();
    this.#latestMs = performance.now();
  }

  /** Whether nothing was heard for that long. */
  isOlderThan(ageMs: number): boolean {
    return this.#outcomes.length === 0 || performance.now() - this.#latestMs > ageMs;
  }

  /** UP when all remembered calls were answered, DOWN when the latest five were not, DEGRADED in between. */
  judge(): 'UP' | 'DEGRADED' | 'DOWN' {
    if (this.#outcomes.every(Boolean)) return 'UP';
    return this.#outcomes.slice(-5).some(Boolean) ? 'DEGRADED' : 'DOWN';
  }
}
