/** How much one caller may ask for; 0 stands for no limit. */
export interface CallerLimitNumbers {
  /** Requests in a minute, which begins with the first of them. */
  readonly perMinute: number;
  /** Requests at once. */
  readonly atOnce: number;
}

/** What a request is told that asks to be let in. */
export type Admission =
  /** `leave` is to be called once, when the request is over. */
  | { readonly kind: 'admitted'; readonly leave: () => void }
  /** It counts towards no limit. */
  | { readonly kind: 'refused'; readonly reason: keyof CallerLimitNumbers; readonly retryAfterMs: number };

/** Lets in the requests of each caller as far as its limits go. Never rejects. */
export interface CallerLimits {
  /** @param caller any text that names it */
  enter(caller: string): Admission | Promise<Admission>;
  close(): void;
}

/** How long a window of the rate is. */
export const WINDOW_MS = 60_000;
/** One of those that run now may be over soon. */
export const BUSY_RETRY_MS = 1000;
