import { describe, expect, it } from 'vitest';
import { CursorExpiredError } from '../../src/errors/gateway-error.ts';
import { ModelList } from './model-list.ts';
import { idsFrom, placeAfter } from './take.ts';

/** A list of rows that are named by letters. */
function letters(order: string, cap = 100): ModelList {
  const rows = Array.from(order, (id, at) => ({ id, day: 200 - at, hidden: false }));
  return new ModelList('letters', rows, { tokens: 'key', cap, dangling: false });
}

describe('a position after c of abcdefgh', () => {
  it.each([
    ['to the front', 'cabdefgh', 'defgh'],
    ['back, behind what followed it', 'abdefgch', 'defgch'],
    ['to the end', 'abdefghc', 'defghc'],
    ['back, while its next neighbour went away', 'abefgch', 'efgch'],
  ])('is where its neighbours say when c was moved %s', async (_where, order, rest) => {
    const position = await placeAfter(letters('abcdefgh'), 3, 10);
    const items = letters(order);
    expect((await idsFrom(items, position)).join('')).toBe(rest);
    expect(items.reads).toHaveLength(1);
  });

  it('is where c stands as long as its neighbours agree', async () => {
    const position = await placeAfter(letters('abcdefgh'), 3, 10);
    const items = letters('xbyazcwedfgh');
    expect((await idsFrom(items, position)).join('')).toBe('wedfgh');
    expect(items.reads).toHaveLength(1);
  });

  it('is behind b when c was moved to the front and nothing is known of what followed', async () => {
    const position = await placeAfter(letters('abcdefgh', 3), 3);
    expect(position).toMatchObject({ after: [] });
    const items = letters('cabdefgh', 4);
    expect((await idsFrom(items, position)).join('')).toBe('defgh');
    // The first page holds c and b; the other one is read for what is given.
    expect(items.reads).toHaveLength(2);
  });

  it.each([
    ['b was moved behind d to h', 'acdefghb'],
    ['d was moved in front of a', 'dabcefgh'],
    ['c and d changed places', 'abdcefgh'],
    ['b and c changed places', 'acbdefgh'],
    ['c went away and a and b changed places', 'badefgh'],
    ['c went away and d and e changed places', 'abedfgh'],
    ['c went away and e was moved in front of a', 'eabdfgh'],
  ])('is given up when %s, since one item alone does not tell which has moved', async (_what, order) => {
    const position = await placeAfter(letters('abcdefgh'), 3, 10);
    await expect(idsFrom(letters(order), position)).rejects.toThrow(CursorExpiredError);
  });

  it('is given up when c went away and a now comes on a page after that of b', async () => {
    const position = await placeAfter(letters('abcdefgh', 3), 3);
    await expect(idsFrom(letters('bxyadefgh', 3), position)).rejects.toThrow(CursorExpiredError);
  });
});
