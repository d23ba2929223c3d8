import { createHash } from 'node:crypto';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { CallerLimits } from '../caller-limits/caller-limits.ts';
import type { Config } from '../config.ts';
import { createCursorCodec } from '../connection/cursor.ts';
import type { Caller } from '../domain/caller.ts';
import { QueryExecutor } from '../execution/query-executor.ts';
import { schema } from '../schema.ts';
import { startDeadline } from '../time/deadline.ts';
import type { WriteRunner } from '../write/write-runner.ts';
import { isOpen, type Authenticate } from './authenticate.ts';
import { createContext } from './create-context.ts';
import { faultFields } from './fault-fields.ts';
import type { GatewayContext } from './gateway-context.ts';
import { createOperationMaxAge, type OperationMaxAge } from './http-caching/operation-max-age.ts';
import { createWholeDocuments, type WholeDocument } from './incremental-delivery/use-incremental-delivery.ts';
import { createErrorMask } from './mask-error.ts';
import { createDocumentCaches, type DocumentCaches } from './operation-limits/document-caches.ts';
import type { CostLimits, OperationLedgers } from './operation-limits/operation-ledger.ts';
import type { ReadSharing } from './open-read-sharing.ts';
import type { OperationPlans } from './operation-limits/operation-plans.ts';
import type { DocumentChecks } from './operation-limits/validate-document.ts';
import type { PersistedOperationsOptions } from './persisted-operations/use-persisted-operations.ts';
import { createTurns } from './turns.ts';
import type { Upstreams } from './upstreams.ts';

/** What the parts are made of. */
export interface GatewayPartsOptions {
  readonly config: Config;
  readonly authenticate: Authenticate;
  readonly upstreams: Upstreams;
  readonly sharing: Pick<ReadSharing, 'epochOfAll'>;
  readonly writes: Pick<WriteRunner, 'run'>;
  /** Of free documents; those of the manifests have passed the same. */
  readonly checks: DocumentChecks;
  /** Where upstream calls are counted. */
  readonly ledgers: OperationLedgers;
  readonly operations: PersistedOperationsOptions['operations'];
  readonly callerLimits: CallerLimits;
  readonly logger: Logger;
}

/** What a context is made for. */
export interface ContextFacts {
  /** So much of the request's time is over. */
  readonly elapsedMs?: number;
  /** Whether lines of invoices may be asked for; true where nobody has looked. */
  readonly readsLines?: boolean;
}

/** What judges and executes operations, whichever way their requests come and are answered. */
export interface GatewayParts {
  readonly schema: GraphQLSchema;
  readonly executor: QueryExecutor;
  readonly documents: DocumentCaches;
  readonly wholeDocument: WholeDocument;
  readonly checks: DocumentChecks;
  readonly plans: OperationPlans;
  readonly limits: CostLimits;
  readonly ledgers: OperationLedgers;
  readonly persisted: PersistedOperationsOptions;
  readonly authenticate: Authenticate;
  readonly callerLimits: CallerLimits;
  readonly operationMaxAge: OperationMaxAge;
  /** Names of request headers that make an answer another. */
  readonly vary: readonly string[];
  readonly maxBodyBytes: number;
  /** Whether pages of other origins may ask. */
  readonly hasCors: boolean;
  /**
   * @param signal aborts when the client goes away
   * @param operation what is known of it already
   */
  readonly contextOf: (caller: Caller, signal: AbortSignal, operation?: ContextFacts) => GatewayContext;
  /** Of all writes; null while one is under way, or where others may write too. */
  readonly sharedEpoch: () => string | null;
  /** A clock in milliseconds from any start. */
  readonly now: () => number;
  readonly maskError: (error: unknown) => GraphQLError;
  /** Hears of faults of the gateway itself. */
  readonly onFault: (error: unknown) => void;
}

/** How much of a request's time its writes may take; the rest is for reading what they made. */
const WRITES_SHARE = 0.8;

/** Makes them, once for each process. */
export function createGatewayParts(options: GatewayPartsOptions): GatewayParts {
  const { config, authenticate, upstreams, sharing, writes, checks } = options;
  const { ledgers, operations, callerLimits, logger } = options;
  const { costs: limits } = config.limits;
  const takeTurn = createTurns();
  const cursors = createCursorCodec(config.cursorKey ?? derivedCursorKey(config));
  const onFault = (error: unknown): void => logger.error(faultFields(error), 'unexpected error');
  return {
    schema,
    executor: new QueryExecutor(schema),
    documents: createDocumentCaches(),
    wholeDocument: createWholeDocuments(),
    checks,
    plans: checks.plans,
    limits,
    ledgers,
    persisted: { mode: config.persistedOperations.mode, operations },
    authenticate,
    callerLimits,
    operationMaxAge: createOperationMaxAge(),
    vary: varyingHeaders(config),
    maxBodyBytes: config.maxBodyBytes,
    hasCors: config.corsOrigins.length > 0,
    sharedEpoch: sharing.epochOfAll,
    now: () => performance.now(),
    contextOf: (caller, signal, { elapsedMs = 0, readsLines = true } = {}) =>
      createContext({
        caller,
        upstreams,
        writes,
        writesEndAtMs: Date.now() + WRITES_SHARE * (config.requestTimeoutMs - elapsedMs),
        cursors,
        deadline: startDeadline(Math.max(0, config.requestTimeoutMs - elapsedMs), signal),
        limits,
        ledgers,
        takeTurn,
        readsLines,
      }),
    maskError: createErrorMask(onFault),
    onFault,
  };
}

/** Headers of a request that make its answer another: without keys, whose request it is makes no difference. */
function varyingHeaders(config: Config): readonly string[] {
  return [
    'Accept',
    ...(isOpen(config) ? [] : ['Authorization', 'X-API-Key']),
    ...(config.corsOrigins.length > 0 ? ['Origin'] : []),
  ];
}

/** All processes with the same upstream tokens accept each other's cursors, with nothing more to configure. */
function derivedCursorKey({ metronome, maple }: Config): string {
  return createHash('sha256')
    .update(JSON.stringify(['cursors', metronome.token, maple.token]))
    .digest('base64url');
}
