import { pick, pickList, pickText, type Step } from './pick.ts';
import type { TestGateway } from './test-gateway.ts';

/** A connection to walk from its first page to its last. */
export interface Walk {
  readonly gateway: TestGateway;
  /** Takes `$first: Int!` and `$after: String`, and selects `edges { cursor node }` and `pageInfo { hasNextPage endCursor }`. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Where the connection stands in the data. */
  readonly at: readonly Step[];
  readonly first: number;
  /** Called after each page that another follows, with the nodes read so far. */
  readonly afterPage?: (nodes: readonly unknown[]) => Promise<void>;
}

/** More pages than any walk of the tests has. */
const MAX_PAGES = 2000;

/**
 * The node of every edge, page after page, each page full but the last. Throws when a page is longer than asked for,
 * when pageInfo contradicts the edges, or when the walk does not end.
 */
export async function walkConnection(walk: Walk): Promise<unknown[]> {
  const nodes: unknown[] = [];
  let after: string | null = null;
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const data: unknown = await walk.gateway.data(walk.query, {
      ...walk.variables,
      first: walk.first,
      after,
    });
    const edges = pickList(data, ...walk.at, 'edges');
    if (edges.length > walk.first) throw new Error(`${edges.length} edges on a page of ${walk.first}`);
    nodes.push(...edges.map((edge) => pick(edge, 'node')));
    if (pick(data, ...walk.at, 'pageInfo', 'hasNextPage') !== true) return nodes;
    if (edges.length < walk.first) throw new Error('a page that is not the last one is not full');
    after = pickText(data, ...walk.at, 'pageInfo', 'endCursor');
    if (after !== pickText(edges.at(-1), 'cursor'))
      throw new Error('endCursor is not the cursor of the last edge');
    await walk.afterPage?.(nodes);
  }
  throw new Error('the walk does not end');
}
