import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Config } from '../config.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { GatewayContext } from './gateway-context.ts';
import { useHttpCaching } from './http-caching/use-http-caching.ts';
import { useIncrementalDelivery } from './incremental-delivery/use-incremental-delivery.ts';
import { useMaskedIncrements } from './incremental-delivery/use-masked-increments.ts';
import { maskHookFaults } from './mask-hook-faults.ts';
import { graphiqlOptions, renderGraphiQLPage } from './graphiql/graphiql-page.ts';
import { usePersistedOperations } from './persisted-operations/use-persisted-operations.ts';
import { REQUEST_ID_HEADER } from './telemetry/request-id.ts';
import type { Scrape } from './telemetry/scrape.ts';
import { useMetrics } from './telemetry/use-metrics.ts';
import { useOperationFacts } from './telemetry/use-operation-facts.ts';
import { useOperationLimits } from './operation-limits/use-operation-limits.ts';
import { isOpen } from './authenticate.ts';
import { callerOf, useAuthentication, type CallerSlot } from './use-authentication.ts';
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
  readonly parts: GatewayParts;
  /** What `/metrics` shows; null where it is served elsewhere. */
  readonly scrape: Scrape | null;
  /** Whether new work is welcome; what `/readyz` answers. */
  readonly isReady: () => boolean;
  /** Further plugins of the server, after the gateway's own. */
  readonly plugins: readonly Plugin[];
}

/** The HTTP side of the gateway: everything between a request and the schema. */
export function createGateway(options: GatewayOptions): YogaServerInstance<CallerSlot, GatewayContext> {
  const { config, parts, scrape, isReady, plugins } = options;
  const { checks, limits, ledgers, maskError, persisted, operationMaxAge, vary } = parts;
  return createYoga<CallerSlot, GatewayContext>({
    schema: parts.schema,
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
    graphiql: config.production
      ? false
      : graphiqlOptions({ operations: persisted.operations, needsKey: !isOpen(config) }),
    renderGraphiQL: renderGraphiQLPage,
    context: (initial) => parts.contextOf(callerOf(initial), initial.request.signal),
    parserAndValidationCache: parts.documents,
    // The order matters: probes need no key, failures are added before errors are masked, and what refuses an operation
    // ends it, so that the deadline must be under way by then.
    plugins: maskHookFaults(
      [
        useOperationFacts(),
        useProbes(isReady),
        useAuthentication({
          authenticate: parts.authenticate,
          takesTokens: config.jwt !== null,
        }),
        useCallerLimits(parts.callerLimits),
        ...(scrape === null ? [] : [useMetrics(scrape)]),
        useExactJson(),
        usePersistedOperations(persisted),
        useDocumentRules({ checks, documents: parts.documents, suggestions: config.introspection }),
        useInputErrorCodes(),
        useIncrementalDelivery(parts.wholeDocument),
        useQueryExecutor(parts.executor),
        useReportedFailures(),
        useMaskedIncrements(maskError),
        useRequestDeadline(),
        useJsonMutations(),
        useWriteRole(),
        useOperationLimits({ limits, plans: checks.plans, ledgers }),
        useHttpCaching({ vary, operationMaxAge }),
        ...plugins,
      ],
      maskError,
    ),
  });
}
