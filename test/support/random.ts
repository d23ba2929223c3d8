/** Chance that can be repeated. */
export interface Random {
  /** A whole number from 0 on, below the limit. */
  below(limit: number): number;
  /** Whether something happens that has this probability. */
  chance(probability: number): boolean;
  /** One of them; throws where there is none. */
  one<T>(values: readonly T[]): T;
  /** At most so many of them, each once. */
  some<T>(values: readonly T[], count: number): T[];
}

/** The same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    one(values) {
      const [value] = values.slice(below(values.length));
      if (value === undefined) throw new RangeError('nothing to choose from');
      return value;
    },
    some(values, count) {
      const left = [...values];
      return Array.from({ length: Math.min(count, left.length) }, () =>
        left.splice(below(left.length), 1),
      ).flat();
    },
  };
}
