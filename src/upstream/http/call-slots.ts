import { WaitingLine } from '../../waiting-line.ts';

/** How many calls may be under way at once, and how many may wait until one of them is over. */
export interface CallSlotLimits {
  readonly running: number;
  readonly waiting: number;
}

/** The places of calls that are under way to one upstream, and the line of those that wait for one. */
export class CallSlots {
  readonly #limits: CallSlotLimits;
  readonly #line = new WaitingLine();
  #running = 0;

  constructor(limits: CallSlotLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** Whether no place is free, and none in the line either. */
  get isFull(): boolean {
    return this.#running >= this.#limits.running && this.#line.length >= this.#limits.waiting;
  }

  /**
   * Takes a place, which must be left again; null where one was free. Not to be called while `isFull`.
   *
   * @param signal takes the caller out of the line: false, and there is no place to leave
   */
  take(signal: AbortSignal): Promise<boolean> | null {
    if (this.#running < this.#limits.running) {
      this.#running += 1;
      return null;
    }
    return this.#line.wait(signal);
  }

  /** The next one in the line gets the place. */
  leave(): void {
    if (!this.#line.callFirst()) this.#running -= 1;
  }
}
