import type { DocumentNode } from 'graphql';
import type { Caller } from '../../domain/caller.ts';
import { SharedReads } from '../../read-cache/shared-reads.ts';
import type { QueryAnswer } from './query-answer.ts';
import type { ReadyQuery } from './ready-query.ts';
import type { RunQuery } from './run-query.ts';

/** What a client gets, and whether the same query of somebody else has brought it. */
export interface SharedAnswer {
  readonly answer: QueryAnswer;
  readonly isShared: boolean;
}

/** What says which queries may be shared. */
interface QuerySharing {
  /** Of all writes; null where nothing may be shared now. */
  readonly sharedEpoch: () => string | null;
  /** In milliseconds from any start. */
  readonly now: () => number;
}

/** As `RunQuery`; rejects with the signal's reason where the client has gone. */
export type AnswerQuery = (
  query: ReadyQuery,
  caller: Caller,
  signal: AbortSignal,
) => Promise<SharedAnswer | null>;

/**
 * Runs queries, those that are asked for in the same words at the same time by callers who may see the same only once: what they
 * read would be shared anyway, so that the rest of the work may be too. Never across a write that has begun or ended in
 * between. Only an answer without errors serves for others: whoever waits for one with errors runs the query in the time
 * that is left, since they may be of the one who ran it, such as the end of its time.
 */
export function shareQueries(runQuery: RunQuery, { sharedEpoch, now }: QuerySharing): AnswerQuery {
  const keyOf = createQueryKeys();
  const running = new SharedReads<QueryAnswer | null>();

  async function answerAlone(query: ReadyQuery, run: Parameters<RunQuery>[1]): Promise<SharedAnswer | null> {
    const answer = await runQuery(query, run);
    return answer === null ? null : { answer, isShared: false };
  }

  return async (query, caller, signal) => {
    const startedMs = now();
    const epoch = sharedEpoch();
    if (epoch === null) return answerAlone(query, { caller, signal, elapsedMs: 0 });
    let isShared = true;
    const answer = await running.join(`${epoch}\n${caller.scope}\n${keyOf(query)}`, signal, (common) => {
      isShared = false;
      const own = runQuery(query, { caller, signal: common, elapsedMs: 0 });
      return { answer: own, settled: own };
    });
    if (answer === null) return null;
    if (!isShared || answer.kind === 'whole') return { answer, isShared };
    return answerAlone(query, { caller, signal, elapsedMs: now() - startedMs });
  };
}

/** Gives equal keys to queries that ask for the same document with the same words. */
function createQueryKeys(): (query: ReadyQuery) => string {
  const numbers = new WeakMap<DocumentNode, number>();
  let latest = 0;
  return ({ execution: { document }, text }) => {
    let number = numbers.get(document);
    if (number === undefined) {
      latest += 1;
      number = latest;
      numbers.set(document, number);
    }
    return `${number}\n${text}`;
  };
}
