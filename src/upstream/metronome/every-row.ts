import { walkPages, walkRows, type RowPage } from '../http/walk-rows.ts';

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
  return walkRows('METRONOME', rowPages(readPage));
}

/** The same page by page, without a wait for each row. */
export function everyPage<Row>(
  readPage: (token: string | null) => Promise<WirePage<Row>>,
): AsyncGenerator<readonly Row[], void, undefined> {
  return walkPages('METRONOME', rowPages(readPage));
}

function rowPages<Row>(readPage: (token: string | null) => Promise<WirePage<Row>>) {
  return async (token: string | null): Promise<RowPage<Row>> => {
    const { data, next_page: nextToken } = await readPage(token);
    return { rows: data, nextToken };
  };
}
