import type { SandboxAnswer } from './start-http-server.ts';

/** How a request with an idempotency key came out. */
export type IdempotentOutcome =
  | { readonly kind: 'fresh'; readonly answer: SandboxAnswer }
  | { readonly kind: 'replayed'; readonly answer: SandboxAnswer }
  | { readonly kind: 'conflict' };

/** Remembers the first outcome of every idempotency key. */
export interface IdempotencyStore {
  /**
   * Runs `produce` the first time a key is seen and stores its answer if `isStored` says so; later calls replay the
   * stored answer, or are a conflict when their `input` differs from the first one's.
   */
  run(request: {
    readonly key: string;
    /** What has to be equal for a replay, as text: operation and parameters. */
    readonly input: string;
    readonly produce: () => SandboxAnswer;
    readonly isStored: (answer: SandboxAnswer) => boolean;
  }): IdempotentOutcome;
}

/** A store in memory that forgets the oldest keys beyond `capacity`. Keys do not expire: the clock stands still. */
export function createIdempotencyStore(capacity = 10_000): IdempotencyStore {
  const stored = new Map<string, { readonly input: string; readonly answer: SandboxAnswer }>();
  return {
    run({ key, input, produce, isStored }) {
      const earlier = stored.get(key);
      if (earlier !== undefined) {
        return earlier.input === input ? { kind: 'replayed', answer: earlier.answer } : { kind: 'conflict' };
      }
      const answer = produce();
      if (isStored(answer)) {
        stored.set(key, { input, answer });
        const oldest = stored.keys().next().value;
        if (stored.size > capacity && oldest !== undefined) stored.delete(oldest);
      }
      return { kind: 'fresh', answer };
    },
  };
}
