/** A signal that ends with its parent, or when its time is over. */
export interface Deadline {
  /** Aborts with a TimeoutError when the time is over, with the parent's reason when the parent aborts. */
  readonly signal: AbortSignal;
  /** When the time is over, on the clock of `performance.now`. */
  readonly endsAtMs: number;
  /**
   * Lets go of timer and parent. To be called as soon as the work is done: until then everything that the work holds
   * stays in memory, which `AbortSignal.timeout` would keep up for the whole time.
   */
  end(): void;
}

/** @param afterMs how long the work may take */
export function startDeadline(afterMs: number, parent: AbortSignal): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException('the time is over', 'TimeoutError'));
  }, afterMs);
  const follow = (): void => {
    controller.abort(parent.reason);
  };
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    endsAtMs: performance.now() + afterMs,
    end() {
      clearTimeout(timer);
      parent.removeEventListener('abort', follow);
    },
  };
}
