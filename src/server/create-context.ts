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
}

/** The context of one GraphQL request: sources with loaders of their own; what they share with others, their readers say. */
export function createContext(options: ContextOptions): GatewayContext {
  const {
    caller,
    upstreams,
    writes,
    writesEndAtMs: endsAtMs,
    cursors,
    deadline,
    ledgers,
    takeTurn,
  } = options;
  const ledger = new OperationLedger(options.limits);
  const reported: GraphQLError[] = [];
  let current = createSources(upstreams, caller.scope, ledger, deadline);
  // Yoga copies the members of a context, getters by their value; so that which lasts is an object with getters of its own.
  const sources: BillingSources = {
    get METRONOME() {
      return current.METRONOME;
    },
    get MAPLE() {
      return current.MAPLE;
    },
  };
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
      current = createSources(upstreams, caller.scope, ledger, deadline);
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

/** The sources, each made when it is asked for the first time: many operations read one system alone. */
function createSources(
  { metronome, maple, now }: Upstreams,
  scope: string,
  ledger: OperationLedger,
  { signal, endsAtMs }: Deadline,
): BillingSources {
  const readerOf = ({ live, readerOf: sharedBy }: Upstreams['metronome']): UpstreamReader =>
    readerUntil(withoutForeignRefusals(sharedBy(scope), live, ledger), endsAtMs);
  let metronomeSource: BillingSources['METRONOME'] | null = null;
  let mapleSource: BillingSources['MAPLE'] | null = null;
  return {
    get METRONOME() {
      metronomeSource ??= createMetronomeSource({
        ...metronome,
        reader: readerOf(metronome),
        signal,
        now,
      });
      return metronomeSource;
    },
    get MAPLE() {
      mapleSource ??= createMapleSource({ ...maple, reader: readerOf(maple), signal });
      return mapleSource;
    },
  };
}
