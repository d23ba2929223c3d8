import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { walkRows, type RowPage } from '../../../src/upstream/http/walk-rows.ts';

/** Gives the pages by token, and notes the tokens that were asked for. */
function pages(byToken: Readonly<Record<string, RowPage<number>>>) {
  const asked: (string | null)[] = [];
  const rows = walkRows('MAPLE', (token) => {
    asked.push(token);
    if (asked.length > 10) return Promise.reject(new Error('the walk does not end'));
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

describe('walkRows', () => {
  it('walks all pages, over empty ones too, up to an empty token', async () => {
    const { asked, rows } = pages({
      first: { rows: [1, 2], nextToken: 'a' },
      a: { rows: [], nextToken: 'b' },
      b: { rows: [3], nextToken: '' },
    });
    expect(await collect(rows)).toEqual([1, 2, 3]);
    expect(asked).toEqual([null, 'a', 'b']);
  });

  it('reads no page beyond the row that ends the walk', async () => {
    const { asked, rows } = pages({ first: { rows: [1, 2], nextToken: 'a' } });
    for await (const row of rows) if (row === 2) break;
    expect(asked).toEqual([null]);
  });

  it('ends with an error when a token comes back', async () => {
    const { asked, rows } = pages({
      first: { rows: [1], nextToken: 'a' },
      a: { rows: [2], nextToken: 'b' },
      b: { rows: [3], nextToken: 'a' },
    });
    await expect(collect(rows)).rejects.toThrow(
      new UpstreamInvalidResponseError('MAPLE', 'The provider repeated a page token.'),
    );
    expect(asked).toEqual([null, 'a', 'b']);
  });
});
