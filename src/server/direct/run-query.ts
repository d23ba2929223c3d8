import type { Caller } from '../../domain/caller.ts';
import { readsLines } from '../../domain/invoice/reads-lines.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { WholeAnswer, type QueryAnswer } from './query-answer.ts';
import type { ReadyQuery } from './ready-query.ts';

/** For whom a query runs, and for how long it may. */
export interface QueryRun {
  readonly caller: Caller;
  /** Ends its reads early, when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** How much of the request's time is over. */
  readonly elapsedMs: number;
}

/** Runs a query; null, with nothing done, where its variables do not fit. Never rejects. */
export type RunQuery = (query: ReadyQuery, run: QueryRun) => Promise<QueryAnswer | null>;

/** Runs queries by the parts of a gateway. */
export function createQueryRunner({ contextOf, executor, ledgers, maskError }: GatewayParts): RunQuery {
  return async ({ execution }, { caller, signal, elapsedMs }) => {
    const context = contextOf(caller, signal, { elapsedMs, readsLines: readsLines(execution.document) });
    try {
      const result = await ledgers.run(context.ledger, () =>
        executor.execute({ ...execution, contextValue: context, abandoned: signal }),
      );
      if (result === null) return null;
      const { data, errors: thrown = [] } = result;
      const errors = [...thrown, ...context.reported];
      return errors.length === 0
        ? new WholeAnswer({ data })
        : { kind: 'failed', result: { ...result, errors: errors.map(maskError) } };
    } catch (error) {
      return { kind: 'failed', result: { errors: [maskError(error)] } };
    } finally {
      context.deadline.end();
    }
  };
}
