import { describe, expect, it } from 'vitest';
import { leastContested } from '../../src/write/least-contested.ts';
import type { Baseline } from '../../src/write/write.ts';

const newSince = (effects: readonly string[], before: Baseline): string[] =>
  effects.filter((effect) => !before.includes(effect));

describe('effects that may be of one of several writes', () => {
  it('come in the order of how many of the others can have made them', () => {
    const baselines = [['a', 'b'], ['a']];
    expect(leastContested(['c', 'b', 'a'], baselines, newSince)).toEqual(['a', 'b', 'c']);
    expect(leastContested(['b', 'c', 'a'], baselines, newSince)).toEqual(['a', 'b', 'c']);
  });

  it('keep their order where no other write is without an outcome, or each can have made all', () => {
    expect(leastContested(['c', 'a', 'b'], [], newSince)).toEqual(['c', 'a', 'b']);
    expect(leastContested(['c', 'a', 'b'], [[], []], newSince)).toEqual(['c', 'a', 'b']);
  });
});
