import { describe, expect, it } from 'vitest';
import { indexOfMetronomeId, isUuid, metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';

describe('ids of the Metronome sandbox', () => {
  const indexes = [0, 1, 359, 99_999, 2 ** 31 - 2];

  it('are UUIDs of version 5 that give back the index of their owner', () => {
    for (const index of indexes) {
      const id = metronomeId('invoice', index, 'detail');
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(indexOfMetronomeId('invoice', id)).toBe(index);
      expect(indexOfMetronomeId('customer', id)).not.toBe(index);
    }
  });

  it('differ by kind, index and detail', () => {
    const ids = indexes.flatMap((index) =>
      ['invoice', 'customer'].flatMap((kind) => ['', 'a'].map((detail) => metronomeId(kind, index, detail))),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are told from other texts', () => {
    const texts = [metronomeId('plan', 0).toUpperCase(), '', 'plan', `${metronomeId('plan', 0)}0`];
    expect(texts.map(isUuid)).toEqual([true, false, false, false]);
  });
});
