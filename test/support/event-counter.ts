/** Counts things that happen, and tells who waits for them. */
export interface EventCounter<Name extends string> {
  happened(name: Name): void;
  count(name: Name): number;
  /** Resolves once it has happened this often since the counter was made. */
  reached(name: Name, count: number): Promise<void>;
}

/** A counter at zero. */
export function createEventCounter<Name extends string>(): EventCounter<Name> {
  const counts = new Map<Name, number>();
  const waiting: { readonly name: Name; readonly count: number; readonly tell: () => void }[] = [];
  const count = (name: Name): number => counts.get(name) ?? 0;
  return {
    count,
    happened(name) {
      counts.set(name, count(name) + 1);
      for (const entry of waiting) if (count(entry.name) >= entry.count) entry.tell();
    },
    reached: (name, wanted) =>
      new Promise((resolve) => {
        if (count(name) >= wanted) resolve();
        else waiting.push({ name, count: wanted, tell: resolve });
      }),
  };
}
