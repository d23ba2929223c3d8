import type { Baseline } from './write.ts';

/**
 * Effects that may be this write's, those first that the fewest of the other writes can have made. Where a write takes
 * one that another can have made too, it must not be the only one left for that other: it would find none, and send
 * again. A later survey sees all that an earlier one saw, so what the fewest can have made is what the others need least.
 *
 * @param baselines of the other writes without an outcome
 * @param newSince those of the effects that were not there before
 */
export function leastContested<Found>(
  effects: readonly Found[],
  baselines: readonly Baseline[],
  newSince: (effects: readonly Found[], baseline: Baseline) => readonly Found[],
): Found[] {
  const theirs = baselines.map((baseline) => new Set(newSince(effects, baseline)));
  const rivals = (effect: Found): number => theirs.filter((others) => others.has(effect)).length;
  return effects.toSorted((a, b) => rivals(a) - rivals(b));
}
