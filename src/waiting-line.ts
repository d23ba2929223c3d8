/** One who waits. */
interface Place {
  /** Null once it has left the line, which must not hold anything of it any longer. */
  goOn: (() => void) | null;
}

/** Those who wait for their turn, in the order in which they came. */
export class WaitingLine {
  readonly #places: Place[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Waits for the turn; false when the signal has taken the caller out of the line. */
  wait(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const place: Place = {
        goOn() {
          signal.removeEventListener('abort', leave);
          resolve(true);
        },
      };
      const leave = (): void => {
        if (place.goOn === null) return;
        place.goOn = null;
        this.#length -= 1;
        resolve(false);
      };
      this.#places.push(place);
      this.#length += 1;
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Gives the first one its turn; false where nobody waits. */
  callFirst(): boolean {
    for (let first = this.#places.shift(); first !== undefined; first = this.#places.shift()) {
      const { goOn } = first;
      if (goOn === null) continue;
      first.goOn = null;
      this.#length -= 1;
      goOn();
      return true;
    }
    return false;
  }
}
