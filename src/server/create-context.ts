import { GraphQLError, responsePathAsArray, type GraphQLResolveInfo } from 'graphql';
import type { CursorCodec } from '../connection/cursor.ts';
import type { Caller } from '../domain/caller.ts';
import type { BillingSources } from '../domain/provider/billing-source.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { Deadline } from '../time/deadline.ts';
import { createMapleSource } from '../upstream/maple/source.ts';
import { createMetronomeSource } from '../upstream/metronome/source.ts';
import type { WriteRunner } from '../write/write-runner.ts';
import type { GatewayContext } from './gateway-context.ts';
import {
  OperationLedger,
  type CostLimits,
  type OperationLedgers,
} from './operation-limits/operation-ledger.ts';
import { withoutForeignRefusals } from './operation-limits/without-foreign-refusals.ts';
import { readerUntil } from '../upstream/http/reader-until.ts';
import type { UpstreamReader } from '../upstream/http/upstream-client.ts';
import type { TakeTurn } from './turns.ts';
import type { Upstreams } from './upstreams.ts';

interface ContextOptions {
  readonly caller: Caller;
  readonly upstreams: Upstreams;
  readonly writes: Pick<WriteRunner, 'run'>;
  /** When writes must have come to an outcome, in milliseconds since the epoch; earlier than the deadline, so that they can be read. */
  readonly writesEndAtMs: number;
  readonly cursors: CursorCodec;
  /** Ends every upstream read when the client goes away, or the request's time is over. */
  readonly deadline: Deadline;
  readonly limits: CostLimits;
  readonly ledgers: OperationLedgers;
  readonly takeTurn: TakeTurn;
  /** Whether lines of invoices may be asked for. */
  readonly readsLines: boolean;
}

/** The context of one GraphQL request: sources with loaders of their own; what they share with others, their readers say. */
export function createContext(options: ContextOptions): GatewayContext {
  const { caller, writes, writesEndAtMs: endsAtMs, cursors, deadline, ledgers, takeTurn } = options;
  const ledger = new OperationLedger(options.limits);
  const reported: GraphQLError[] = [];
  const sources = new RequestSources(options, ledger);
  return {
    caller,
    cursors,
    reported,
    deadline,
    sources,
    ledger,
    countNodes: (count) => ledger.countNodes(count),
    takeTurn,
    async runWrite(write, idempotencyKey) {
      const call = { caller: caller.id, idempotencyKey, endsAtMs };
      const outcome = await ledgers.runWrite(() => writes.run(write, call));
      sources.forget();
      return outcome;
    },
    reportFailure(error: GatewayError, info: GraphQLResolveInfo) {
      reported.push(
        new GraphQLError(error.message, {
          nodes: info.fieldNodes,
          path: responsePathAsArray(info.path),
          cause: error,
        }),
      );
    },
  };
}

/**
 * The sources, each made when it is asked for the first time: many operations read one system alone. A class, since V8 gives
 * each object with getters of its own a shape of its own, which keeps all of them in memory until a full collection.
 */
class RequestSources implements BillingSources {
  readonly #options: ContextOptions;
  readonly #ledger: OperationLedger;
  #metronome: BillingSources['METRONOME'] | null = null;
  #maple: BillingSources['MAPLE'] | null = null;

  constructor(options: ContextOptions, ledger: OperationLedger) {
    this.#options = options;
    this.#ledger = ledger;
  }

  get METRONOME(): BillingSources['METRONOME'] {
    this.#metronome ??= this.#createMetronome();
    return this.#metronome;
  }

  get MAPLE(): BillingSources['MAPLE'] {
    this.#maple ??= this.#createMaple();
    return this.#maple;
  }

  /** What has been read serves no longer: a write may have changed it. */
  forget(): void {
    this.#metronome = null;
    this.#maple = null;
  }

  #createMetronome(): BillingSources['METRONOME'] {
    const { upstreams, deadline, readsLines } = this.#options;
    const { metronome, now } = upstreams;
    const reader = this.#readerOf(metronome);
    return createMetronomeSource({ ...metronome, reader, signal: deadline.signal, now, readsLines });
  }

  #createMaple(): BillingSources['MAPLE'] {
    const { upstreams, deadline } = this.#options;
    const reader = this.#readerOf(upstreams.maple);
    return createMapleSource({ ...upstreams.maple, reader, signal: deadline.signal });
  }

  #readerOf({ live, readerOf }: Upstreams['metronome'] | Upstreams['maple']): UpstreamReader {
    const { caller, deadline } = this.#options;
    return readerUntil(withoutForeignRefusals(readerOf(caller.scope), live, this.#ledger), deadline.endsAtMs);
  }
}
