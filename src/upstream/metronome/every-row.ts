import { walkRows } from '../http/walk-rows.ts';

/** A page as every Metronome list gives it (metronome.md section 1.3). */
interface WirePage<Row> {
  readonly data: readonly Row[];
  readonly next_page: string | null;
}

/**
 * Walks a list row by row, reading each page only when a row of it is asked for.
 *
 * @param readPage gives the page that a token names; null is the first
 * @throws UpstreamError, also when Metronome repeats a page token
 */
export function everyRow<Row>(
  readPage: (token: string | null) => Promise<WirePage<Row>>,
): AsyncGenerator<Row, void, undefined> {
  return walkRows('METRONOME', async (token) => {
    const { data, next_page: nextToken } = await readPage(token);
    return { rows: data, nextToken };
  });
}
