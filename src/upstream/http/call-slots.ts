/** How many calls may be under way at once, and how many may wait until one of them is over. */
export interface CallSlotLimits {
  readonly running: number;
  readonly waiting: number;
}

/** A call in the line. */
interface Waiting {
  /** Null once it has left the line, so that a line of old holds nothing of what has been answered. */
  goOn: (() => void) | null;
}

/** The places of calls that are under way to one upstream, and the line of those that wait for one. */
export class CallSlots {
  readonly #limits: CallSlotLimits;
  readonly #line: Waiting[] = [];
  #running = 0;
  #waiting = 0;

  constructor(limits: CallSlotLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Whether no place is free, and none in the line either. */
  get isFull(): boolean {
    return this.#running >= this.#limits.running && this.#waiting >= this.#limits.waiting;
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
    return new Promise((resolve) => {
      const waiting: Waiting = {
        goOn: () => {
          signal.removeEventListener('abort', leave);
          resolve(true);
        },
      };
      const leave = (): void => {
        if (waiting.goOn === null) return;
        waiting.goOn = null;
        this.#waiting -= 1;
        resolve(false);
      };
      this.#line.push(waiting);
      this.#waiting += 1;
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** The next one in the line gets the place. */
  leave(): void {
    for (let next = this.#line.shift(); next !== undefined; next = this.#line.shift()) {
      const { goOn } = next;
      if (goOn === null) continue;
      next.goOn = null;
      this.#waiting -= 1;
      goOn();
      return;
    }
    this.#running -= 1;
  }
}
