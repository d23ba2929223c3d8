import { UpstreamInvalidResponseError } from '../../errors/upstream-error.ts';
import { nextTokenOf } from '../http/wire-values.ts';

/** A page as every Metronome list gives it (metronome.md section 1.3). */
interface WirePage<Row> {
  readonly data: readonly Row[];
  readonly next_page: string | null;
}

/**
 * Walks a list row by row. A page is read only when a row of it is asked for, so leaving the loop early saves calls.
 *
 * @param readPage gives the page that a token names; null is the first
 * @throws UpstreamError, also when the upstream repeats a page token, which would never end
 */
export async function* everyRow<Row>(
  readPage: (token: string | null) => Promise<WirePage<Row>>,
): AsyncGenerator<Row, void, undefined> {
  const seen = new Set<string>();
  let token: string | null = null;
  do {
    const page: WirePage<Row> = await readPage(token);
    yield* page.data;
    token = nextTokenOf(page.next_page);
    if (token !== null && seen.has(token)) {
      throw new UpstreamInvalidResponseError('METRONOME', 'The provider repeated a page token.');
    }
    if (token !== null) seen.add(token);
  } while (token !== null);
}
