import { describe, expect, it } from 'vitest';
import { Page } from '../../src/connection/page.ts';
import { fingerprint } from '../../src/connection/position.ts';

/** A page of a hundred items, and which of their ids were looked at. */
function watchedPage(): { page: Page<number>; seen: Set<number> } {
  const seen = new Set<number>();
  const items = Array.from({ length: 100 }, (_, place) => ({
    get id() {
      seen.add(place);
      return `id-${place}`;
    },
    date: null,
    read: () => place,
  }));
  return { page: new Page({ items, nextToken: 'next' }, null, 100), seen };
}

describe('a page', () => {
  it('fingerprints no more than what a position remembers', () => {
    const { page, seen } = watchedPage();
    expect(page.positionAfter(50)).toEqual({
      kind: 'after',
      token: null,
      limit: 100,
      place: 50,
      anchor: fingerprint('id-50'),
      before: [49, 48, 47, 46].map((place) => fingerprint(`id-${place}`)),
      after: [51, 52, 53, 54].map((place) => fingerprint(`id-${place}`)),
    });
    expect([...seen].toSorted((a, b) => a - b)).toEqual([46, 47, 48, 49, 50, 51, 52, 53, 54]);
  });

  it('remembers fewer at its edges', () => {
    const { page } = watchedPage();
    expect(page.positionAfter(0)).toMatchObject({ anchor: fingerprint('id-0'), before: [] });
    expect(page.positionAfter(99)).toMatchObject({ anchor: fingerprint('id-99'), after: [] });
  });
});
