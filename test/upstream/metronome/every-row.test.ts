import { describe, expect, it } from 'vitest';
import { everyRow } from '../../../src/upstream/metronome/every-row.ts';

/** Gives the pages by token, and notes the tokens that were asked for. */
function pages(byToken: Readonly<Record<string, { data: number[]; next_page: string | null }>>) {
  const asked: (string | null)[] = [];
  const rows = everyRow((token) => {
    asked.push(token);
    const page = byToken[token ?? 'first'];
    return page === undefined ? Promise.reject(new Error(`no page ${token}`)) : Promise.resolve(page);
  });
  return { asked, rows };
}

async function collect(rows: AsyncIterable<number>): Promise<number[]> {
  const collected: number[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

describe('everyRow', () => {
  it('walks all pages, over empty ones too, up to an empty token', async () => {
    const { asked, rows } = pages({
      first: { data: [1, 2], next_page: 'a' },
      a: { data: [], next_page: 'b' },
      b: { data: [3], next_page: '' },
    });
    expect(await collect(rows)).toEqual([1, 2, 3]);
    expect(asked).toEqual([null, 'a', 'b']);
  });

  it('reads no page beyond the row that ends the walk', async () => {
    const { asked, rows } = pages({ first: { data: [1, 2], next_page: 'a' } });
    for await (const row of rows) if (row === 2) break;
    expect(asked).toEqual([null]);
  });

  it('ends with an error when a token comes back', async () => {
    const { asked, rows } = pages({
      first: { data: [1], next_page: 'a' },
      a: { data: [2], next_page: 'b' },
      b: { data: [3], next_page: 'a' },
    });
    await expect(collect(rows)).rejects.toThrow(/repeated/);
    expect(asked).toEqual([null, 'a', 'b']);
  });
});
