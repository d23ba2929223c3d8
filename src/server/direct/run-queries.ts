import type { DocumentNode } from 'graphql';
import type { Caller } from '../../domain/caller.ts';
import { SharedReads } from '../../read-cache/shared-reads.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { WholeAnswer, type QueryAnswer } from './query-answer.ts';
import type { ReadyQuery } from './ready-query.ts';

/** What a client gets, and whether the same query of somebody else has brought it. */
export interface RunQuery {
  readonly answer: QueryAnswer;
  readonly isShared: boolean;
}

/**
 * Runs a query. Null, with nothing done, where its variables do not fit.
 *
 * @param signal aborts when the client goes away
 */
export type RunQueries = (query: ReadyQuery, caller: Caller, signal: AbortSignal) => Promise<RunQuery | null>;

type RunParts = Pick<
  GatewayParts,
  'contextOf' | 'executor' | 'ledgers' | 'maskError' | 'sharedEpoch' | 'now'
>;

/**
 * Runs queries, those that are equal and asked for at the same time by callers who may see the same only once: what they
 * read would be shared anyway, so that the rest of the work may be too. Never across a write that has begun or ended in
 * between. Only an answer without errors serves for others: whoever waits for one with errors runs the query in the time
 * that is left, since they may be of the one who ran it, such as the end of its time.
 */
export function createQueryRunner(parts: RunParts): RunQueries {
  const keyOf = createQueryKeys();
  const running = new SharedReads<QueryAnswer | null>();

  return async (query, caller, signal) => {
    const startedMs = parts.now();
    const epoch = parts.sharedEpoch();
    if (epoch === null) return unshared(await run(parts, query, caller, signal, 0));
    let isShared = true;
    const answer = await running.join(`${epoch}\n${caller.scope}\n${keyOf(query)}`, signal, (common) => {
      isShared = false;
      const own = run(parts, query, caller, common, 0);
      return { answer: own, settled: own };
    });
    if (!isShared || answer === null) return unshared(answer);
    if (answer.kind === 'whole') return { answer, isShared };
    return unshared(await run(parts, query, caller, signal, parts.now() - startedMs));
  };
}

function unshared(answer: QueryAnswer | null): RunQuery | null {
  return answer === null ? null : { answer, isShared: false };
}

/** @param elapsedMs of the request's time */
async function run(
  { contextOf, executor, ledgers, maskError }: RunParts,
  { execution }: ReadyQuery,
  caller: Caller,
  signal: AbortSignal,
  elapsedMs: number,
): Promise<QueryAnswer | null> {
  const context = contextOf(caller, signal, elapsedMs);
  try {
    const result = await ledgers.run(context.ledger, () =>
      executor.execute({ ...execution, contextValue: context }),
    );
    if (result === null) return null;
    const { data, errors: thrown = [] } = result;
    const errors = [...thrown, ...context.reported];
    return errors.length === 0
      ? new WholeAnswer({ data })
      : { kind: 'failed', result: { data, errors: errors.map(maskError) } };
  } catch (error) {
    return { kind: 'failed', result: { errors: [maskError(error)] } };
  } finally {
    context.deadline.end();
  }
}

/** Gives equal keys to queries that are equal: the same operation of the same document, with the same variables. */
function createQueryKeys(): (query: ReadyQuery) => string {
  const numbers = new WeakMap<DocumentNode, number>();
  let latest = 0;
  return ({ execution: { document, operationName, variableValues } }) => {
    let number = numbers.get(document);
    if (number === undefined) {
      latest += 1;
      number = latest;
      numbers.set(document, number);
    }
    return `${number}\n${operationName ?? ''}\n${JSON.stringify(variableValues ?? {})}`;
  };
}
