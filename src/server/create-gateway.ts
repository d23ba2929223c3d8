import { createHash } from 'node:crypto';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { CallerLimits } from '../caller-limits/caller-limits.ts';
import type { Config } from '../config.ts';
import { createCursorCodec } from '../connection/cursor.ts';
import { QueryExecutor } from '../execution/query-executor.ts';
import { schema } from '../schema.ts';
import { startDeadline } from '../time/deadline.ts';
import { createContext } from './create-context.ts';
import { faultFields } from './fault-fields.ts';
import type { GatewayContext } from './gateway-context.ts';
import { useHttpCaching } from './http-caching/use-http-caching.ts';
import { useIncrementalDelivery } from './incremental-delivery/use-incremental-delivery.ts';
import { useMaskedIncrements } from './incremental-delivery/use-masked-increments.ts';
import { graphiqlOptions, renderGraphiQLPage } from './graphiql/graphiql-page.ts';
import { createErrorMask } from './mask-error.ts';
import type { PersistedOperations } from './persisted-operations/open-persisted-operations.ts';
import { usePersistedOperations } from './persisted-operations/use-persisted-operations.ts';
import { REQUEST_ID_HEADER } from './telemetry/request-id.ts';
import { useMetrics } from './telemetry/use-metrics.ts';
import { useOperationFacts } from './telemetry/use-operation-facts.ts';
import type { OperationLedgers } from './operation-limits/operation-ledger.ts';
import { useOperationLimits } from './operation-limits/use-operation-limits.ts';
import type { DocumentChecks } from './operation-limits/validate-document.ts';
import { createTurns } from './turns.ts';
import type { WriteRunner } from '../write/write-runner.ts';
import type { Upstreams } from './upstreams.ts';
import { createAuthentication, isOpen } from './authenticate.ts';
import { callerOf, useAuthentication, type CallerSlot } from './use-authentication.ts';
import { createDocumentCaches } from './operation-limits/document-caches.ts';
import { useCallerLimits } from './use-caller-limits.ts';
import { useDocumentRules } from './use-document-rules.ts';
import { useExactJson } from './use-exact-json.ts';
import { useInputErrorCodes } from './use-input-error-codes.ts';
import { useJsonMutations } from './use-json-mutations.ts';
import { useQueryExecutor } from './use-query-executor.ts';
import { useProbes } from './use-probes.ts';
import { useReportedFailures } from './use-reported-failures.ts';
import { useRequestDeadline } from './use-request-deadline.ts';
import { useWriteRole } from './use-write-role.ts';

interface GatewayOptions {
  readonly config: Config;
  readonly upstreams: Upstreams;
  readonly writes: Pick<WriteRunner, 'run'>;
  /** Of free documents; those of the manifests have passed the same. */
  readonly checks: DocumentChecks;
  /** Where upstream calls are counted. */
  readonly ledgers: OperationLedgers;
  readonly operations: PersistedOperations;
  readonly callerLimits: CallerLimits;
  readonly logger: Logger;
  /** What `/metrics` shows; null where it is served elsewhere. */
  readonly registries: readonly Registry[] | null;
  /** Whether new work is welcome; what `/readyz` answers. */
  readonly isReady: () => boolean;
  /** Further plugins of the server, after the gateway's own. */
  readonly plugins: readonly Plugin[];
}

/** How much of a request's time its writes may take; the rest is for reading what they made. */
const WRITES_SHARE = 0.8;

/** The HTTP side of the gateway: everything between a request and the schema. */
export function createGateway(options: GatewayOptions): YogaServerInstance<CallerSlot, GatewayContext> {
  const { config, upstreams, writes, checks, ledgers, operations, callerLimits, logger } = options;
  const { registries, isReady, plugins } = options;
  const { costs: limits } = config.limits;
  const takeTurn = createTurns();
  const cursors = createCursorCodec(config.cursorKey ?? derivedCursorKey(config));
  const maskError = createErrorMask((error) => logger.error(faultFields(error), 'unexpected error'));
  return createYoga<CallerSlot, GatewayContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    // Yoga would log whole errors, which can hold what must not be logged; the mask logs what may be.
    logging: false,
    maskedErrors: { maskError, errorMessage: '' },
    multipart: false,
    maxRequestBodySize: config.maxBodyBytes,
    cors:
      config.corsOrigins.length === 0
        ? false
        : {
            origin: [...config.corsOrigins],
            methods: ['GET', 'POST', 'OPTIONS'],
            exposedHeaders: [REQUEST_ID_HEADER],
          },
    graphiql: config.production ? false : graphiqlOptions({ operations, needsKey: !isOpen(config) }),
    renderGraphiQL: renderGraphiQLPage,
    context: (initial) =>
      createContext({
        caller: callerOf(initial),
        upstreams,
        writes,
        writesEndAtMs: Date.now() + WRITES_SHARE * config.requestTimeoutMs,
        cursors,
        deadline: startDeadline(config.requestTimeoutMs, initial.request.signal),
        limits,
        ledgers,
        takeTurn,
      }),
    parserAndValidationCache: createDocumentCaches(),
    // The order matters: probes need no key, failures are added before errors are masked, and what refuses an operation
    // ends it, so that the deadline must be under way by then.
    plugins: [
      useOperationFacts(),
      useProbes(isReady),
      useAuthentication({
        authenticate: createAuthentication(config),
        takesTokens: config.jwt !== null,
      }),
      useCallerLimits(callerLimits),
      ...(registries === null ? [] : [useMetrics(registries)]),
      useExactJson(),
      usePersistedOperations({ mode: config.persistedOperations.mode, operations }),
      useDocumentRules({ checks, suggestions: config.introspection }),
      useInputErrorCodes(),
      useIncrementalDelivery(),
      useQueryExecutor(new QueryExecutor(schema)),
      useReportedFailures(),
      useMaskedIncrements(maskError),
      useRequestDeadline(),
      useJsonMutations(),
      useWriteRole(),
      useOperationLimits({ limits, plans: checks.plans, ledgers }),
      useHttpCaching({ vary: varyingHeaders(config) }),
      ...plugins,
    ],
  });
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
