import type { CursorBinding, CursorCodec } from '../../connection/cursor.ts';
import { readMerged, type MergedItem, type MergedPage } from '../../connection/merge.ts';
import { pageAtHand } from '../../connection/page-at-hand.ts';
import { pageSize } from '../../connection/page-arguments.ts';
import { START, type Position } from '../../connection/position.ts';
import { isAtHand, type Stream } from '../../connection/stream.ts';
import type { UpstreamError } from '../../errors/upstream-error.ts';
import type { RequestContext } from '../request-context.ts';
import { type FieldPlace, selectedFieldsOf } from '../selection.ts';
import type { PageInfo } from './page-info-type.ts';

/** One page of a Relay connection. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
  /** Providers whose part is missing from this page. */
  readonly failures: readonly UpstreamError[];
}

/** One item of a page with its cursor, which is made only when it is asked for. */
export interface Edge<T> {
  readonly item: T;
  cursor(): string;
}

/** Which page of which connection. */
export interface PageRequest {
  readonly context: RequestContext;
  readonly args: { readonly first?: number | null | undefined; readonly after?: string | null | undefined };
  readonly defaultFirst: number;
  /** Name, parent and filter of the connection; its cursors are good for nothing else. */
  readonly binding: CursorBinding;
}

/** What a connection field is asked. */
export interface ConnectionRequest<T> extends PageRequest {
  readonly info: FieldPlace;
  readonly streams: readonly Stream<T>[];
}

/** How many items a page has at most, where each of its streams begins, and what its cursors are bound to. */
interface PagePlan {
  readonly first: number;
  readonly start: readonly Position[];
  readonly binding: CursorBinding;
}

/**
 * Judges the arguments of a page, which needs no read. For fields that must read something before they have streams.
 *
 * @param keys of the streams that the connection is made of
 * @throws BadUserInputError, InvalidCursorError
 */
export function planPage(request: PageRequest, keys: readonly string[]): PagePlan {
  const binding = [...request.binding, keys];
  const after = request.args.after ?? null;
  return {
    binding,
    first: pageSize(request.args.first, request.defaultFirst),
    start: after === null ? keys.map(() => START) : request.context.cursors.decode(binding, after),
  };
}

/**
 * Reads one page of a connection over one or several streams; at once where it is the first of what is at hand.
 *
 * With several streams, the failure of one costs only its part: it is listed in `failures` and reported as a located
 * error. When no stream is left, the first failure is thrown.
 *
 * @throws BadUserInputError, InvalidCursorError at once, before any upstream call; CursorExpiredError; UpstreamError
 */
export function readConnection<T>(request: ConnectionRequest<T>): Connection<T> | Promise<Connection<T>> {
  const { info, streams } = request;
  const plan = planPage(
    request,
    streams.map(({ key }) => key),
  );
  const lookAhead = selectedFieldsOf(info, 'pageInfo').has('hasNextPage');
  const [stream, ...others] = streams;
  if (stream !== undefined && isAtHand(stream) && others.length === 0 && plan.start[0]?.kind === 'start')
    return connectionOf(request, plan, pageAtHand(stream, plan.first, lookAhead), []);
  return readPages(request, plan, lookAhead);
}

async function readPages<T>(
  request: ConnectionRequest<T>,
  plan: PagePlan,
  lookAhead: boolean,
): Promise<Connection<T>> {
  const { context, info, streams } = request;
  const { start, first } = plan;
  const page = await readMerged({ streams, start, first, lookAhead, takeTurn: context.takeTurn });
  const failures = failuresByProvider(streams, page.failures);
  const [failure] = failures;
  if (failure !== undefined && page.failures.size === streams.length) {
    for (const other of failures.slice(1)) context.reportFailure(other, info);
    throw failure;
  }
  for (const each of failures) context.reportFailure(each, info);
  const turn = context.takeTurn();
  if (turn !== null) await turn;
  return connectionOf(request, plan, page, failures);
}

function connectionOf<T>(
  { context, args }: PageRequest,
  { binding }: PagePlan,
  page: MergedPage<T>,
  failures: readonly UpstreamError[],
): Connection<T> {
  const edges = page.items.map((item) => new PageEdge(item, binding, context.cursors));
  return {
    edges,
    failures,
    pageInfo: {
      hasNextPage: page.hasNext,
      hasPreviousPage: (args.after ?? null) !== null,
      startCursor: () => edges.at(0)?.cursor() ?? null,
      endCursor: () => edges.at(-1)?.cursor() ?? null,
    },
  };
}

class PageEdge<T> implements Edge<T> {
  readonly #merged: MergedItem<T>;
  readonly #binding: CursorBinding;
  readonly #cursors: CursorCodec;

  constructor(merged: MergedItem<T>, binding: CursorBinding, cursors: CursorCodec) {
    this.#merged = merged;
    this.#binding = binding;
    this.#cursors = cursors;
  }

  get item(): T {
    return this.#merged.node;
  }

  cursor(): string {
    return this.#cursors.encode(this.#binding, this.#merged.positions());
  }
}

function failuresByProvider<T>(
  streams: readonly Stream<T>[],
  failures: ReadonlyMap<number, UpstreamError>,
): UpstreamError[] {
  const byProvider = new Map<string, UpstreamError>();
  for (const [index, stream] of streams.entries()) {
    const failure = failures.get(index);
    if (failure !== undefined && !byProvider.has(stream.provider)) byProvider.set(stream.provider, failure);
  }
  return [...byProvider.values()];
}
