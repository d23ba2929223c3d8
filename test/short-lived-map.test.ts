import { describe, expect, it } from 'vitest';
import { ShortLivedMap } from '../src/short-lived-map.ts';

describe('a short-lived map', () => {
  it('gives what was set last, in the order in which keys came, until it is deleted', () => {
    const map = new ShortLivedMap<string, number>();
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect(map.get('a')).toBe(3);
    expect(map.values()).toEqual([3, 2]);
    map.delete('a');
    map.delete('c');
    expect(map.get('a')).toBeUndefined();
    expect([map.has('a'), map.has('b')]).toEqual([false, true]);
    map.set('a', 0);
    expect(map.get('a')).toBe(0);
    expect(map.values()).toEqual([2, 0]);
  });
});
