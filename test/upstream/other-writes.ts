import type { Baseline, OtherWrites } from '../../src/write/write.ts';

/** The other writes of a lane: nobody has made anything, and nobody is without an outcome, unless told otherwise. */
export function otherWrites(
  claimed: readonly string[] = [],
  baselines: readonly Baseline[] = [],
): OtherWrites {
  return { claimed: new Set(claimed), baselines };
}
