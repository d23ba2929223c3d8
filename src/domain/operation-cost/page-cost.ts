import { claimedPositions } from '../../connection/cursor.ts';
import { expectedPages } from '../../connection/expected-pages.ts';
import { isPageSize } from '../../connection/page-arguments.ts';
import { START, type Position } from '../../connection/position.ts';
import type { Provider } from '../../provider.ts';
import {
  NOTHING,
  one,
  sumOfCalls,
  type CallCounts,
  type CallKind,
  type CostPage,
  type CostQuestion,
  type CostScope,
  type FieldCost,
} from './field-cost.ts';

/** One stream of a connection. */
export interface StreamCost {
  readonly provider: Provider;
  /** The stream's own page size, where it has one. */
  readonly pageLimit?: number;
  /** How many items the list can hold, where that is known beforehand. */
  readonly length?: number;
  /** What reading a page of it counts as; null where its page comes with something else. */
  readonly kind?: CallKind | null;
  /** Further calls that reading it takes, by how many of its items the answer may hold. */
  readonly further?: (items: number) => CallCounts;
}

interface PageQuestion extends Pick<CostQuestion, 'args' | 'selected'> {
  readonly defaultFirst: number;
  readonly streams: readonly StreamCost[];
  /** What each item is known to be, beside its provider. */
  readonly item?: CostScope;
  readonly most?: CostPage['most'];
}

/** The cost of a connection: the upstream pages that its page draws on. */
export function pageCost({ args, selected, defaultFirst, streams, item, most }: PageQuestion): FieldCost {
  const first = args['first'] ?? defaultFirst;
  const starts = startsOf(args['after'], streams.length);
  if (!isPageSize(first) || starts === null) return NOTHING;
  const wanted = first + (selected('pageInfo').has('hasNextPage') ? 1 : 0);
  let calls: CallCounts = {};
  for (const [index, { pageLimit, length = wanted, kind = 'own', further }] of streams.entries()) {
    const start = starts[index] ?? START;
    const pages = expectedPages({ start, wanted: Math.min(wanted, length), pageLimit });
    if (kind !== null) calls = sumOfCalls(calls, { [kind]: pages });
    if (further !== undefined && wanted > 0) calls = sumOfCalls(calls, further(Math.min(first, length)));
  }
  const providers = [...new Set(streams.map(({ provider }) => provider))];
  const scopes = providers.map((provider) => ({ ...item, provider }));
  const items = Math.min(
    first,
    streams.reduce((sum, { length = first }) => sum + length, 0),
  );
  return { calls, gives: one({ page: { items, scopes, ...(most && { most }) } }) };
}

/** Where each stream begins; null for what cannot be a cursor, which costs nothing. */
function startsOf(after: unknown, count: number): readonly Position[] | null {
  if (after === undefined || after === null) return Array.from({ length: count }, () => START);
  return typeof after === 'string' ? claimedPositions(after) : null;
}
