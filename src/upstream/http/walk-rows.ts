import { UpstreamInvalidResponseError } from '../../errors/upstream-error.ts';
import type { Provider } from '../../provider.ts';
import { nextTokenOf } from './wire-values.ts';

/** A page of an upstream's list, by whatever names its members go there. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** Null, absent or empty after the last page. */
  readonly nextToken: string | null | undefined;
}

/**
 * Walks a list row by row. A page is read only when a row of it is asked for, so leaving the loop early saves calls.
 *
 * @param readPage gives the page that a token names; null is the first
 * @throws UpstreamError, also when the upstream repeats a page token, which would never end
 */
export async function* walkRows<Row>(
  provider: Provider,
  readPage: (token: string | null) => Promise<RowPage<Row>>,
): AsyncGenerator<Row, void, undefined> {
  for await (const rows of walkPages(provider, readPage)) yield* rows;
}

/** The same page by page, without a wait for each row. */
export async function* walkPages<Row>(
  provider: Provider,
  readPage: (token: string | null) => Promise<RowPage<Row>>,
): AsyncGenerator<readonly Row[], void, undefined> {
  const seen = new Set<string>();
  let token: string | null = null;
  do {
    const page: RowPage<Row> = await readPage(token);
    yield page.rows;
    token = nextTokenOf(page.nextToken);
    if (token !== null && seen.has(token))
      throw new UpstreamInvalidResponseError(provider, 'The provider repeated a page token.');
    if (token !== null) seen.add(token);
  } while (token !== null);
}
