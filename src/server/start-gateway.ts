import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Config } from '../config.ts';
import { createAuthentication, isOpen } from './authenticate.ts';
import { answerWhileStarting } from './answer-while-starting.ts';
import { createGatewayParts } from './gateway-parts.ts';
import { createDirectAnswers, type AnswerByServer } from './direct/direct-answers.ts';
import { createGateway } from './create-gateway.ts';
import { createWriteRunner } from './create-write-runner.ts';
import { documentChecks } from './document-rules.ts';
import { hostRefusal, refuseHost } from './host-refusal.ts';
import { openHttpServer, type HttpServer, type LetIn } from './http-server.ts';
import { createLoadGauge } from './load-gauge.ts';
import { logStoreFailures } from './log-store-failures.ts';
import { openCallerLimits } from './open-caller-limits.ts';
import { openReadSharing } from './open-read-sharing.ts';
import { openRecordStore } from './open-record-store.ts';
import { countingObserver, OperationLedgers } from './operation-limits/operation-ledger.ts';
import { openPersistedOperations } from './persisted-operations/open-persisted-operations.ts';
import { createLoadShedding } from './shed-load.ts';
import { startEmbeddedSandboxes, type Sandboxes } from './start-sandboxes.ts';
import { countWrites } from './telemetry/count-writes.ts';
import { createGatewayMetrics, type GatewayMetrics } from './telemetry/gateway-metrics.ts';
import { observeRequest } from './telemetry/observe-request.ts';
import { openTracing } from './telemetry/open-tracing.ts';
import { scrapeOf, type Scrape } from './telemetry/scrape.ts';
import { startMetricsServer } from './telemetry/start-metrics-server.ts';
import { createUpstreamTelemetry } from './telemetry/upstream-telemetry.ts';
import { useTracing } from './telemetry/use-tracing.ts';
import { createUpstreams } from './upstreams.ts';

/** A gateway that listens. */
export interface RunningGateway {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Of metrics that have a port of their own. */
  readonly metricsUrl: string | null;
  readonly sandboxes: Sandboxes;
  /** Not ready at once; accepted requests finish, as far as the time to drain allows; then everything else ends. */
  stop(): Promise<void>;
}

/** What a caller may set beside the configuration. */
export interface StartOptions {
  /** The clock that dates are judged by; that of the Metronome side where it is left out. */
  readonly clock?: () => Date;
  /** The clock that answers kept in memory expire by, in milliseconds from any start. */
  readonly cacheNow?: () => number;
  /** Further plugins of the server, after the gateway's own; a test counts by them. */
  readonly plugins?: readonly Plugin[];
  /** Whether plain queries are answered without the server; true where it is left out. Both give the same answers. */
  readonly answersDirectly?: boolean;
  /** What the process measures of itself, to be shown with the gateway's own metrics. */
  readonly processMetrics?: readonly Registry[];
  /** Set where this is one of several processes that share the port. */
  readonly siblings?: Siblings;
}

/** What processes that share the port do together. */
export interface Siblings {
  /** How connections come to one of them. */
  readonly letIn: LetIn;
  /** Puts what these registries show together with what those of the others do. */
  shareMetrics(registries: readonly Registry[]): Scrape;
}

/** Starts to serve, with what answers from now on. */
type Serve = (answer: RequestListener) => Promise<HttpServer>;

/** Beyond the time in which a request is answered. */
const SILENCE_MARGIN_MS = 30_000;

/**
 * Starts everything that one process needs: the server, sandboxes where there is no token, upstream connections. The server
 * listens from the beginning, and is not ready until all of it is there; one of several leaves requests to the others until
 * then.
 */
export async function startGateway(
  config: Config,
  logger: Logger,
  options: StartOptions = {},
): Promise<RunningGateway> {
  const metrics = createGatewayMetrics();
  const silenceMs = config.requestTimeoutMs + SILENCE_MARGIN_MS;
  const listen = async (answer: RequestListener): Promise<HttpServer> => {
    const server = await openHttpServer(config, answer, { silenceMs }, options.siblings?.letIn);
    logger.debug({ authority: server.authority }, 'listening');
    return server;
  };
  if (options.siblings !== undefined) return startWith(listen, metrics, config, logger, options);
  const server = await listen(answerWhileStarting);
  const serve: Serve = (answer) => {
    server.serve(answer);
    return Promise.resolve(server);
  };
  try {
    return await startWith(serve, metrics, config, logger, options);
  } catch (error) {
    await server.drain(0);
    throw error;
  }
}

async function startWith(
  serve: Serve,
  metrics: GatewayMetrics,
  config: Config,
  logger: Logger,
  { clock, cacheNow, plugins = [], answersDirectly = true, processMetrics = [], siblings }: StartOptions,
): Promise<RunningGateway> {
  const checks = documentChecks({ ...config.limits, introspection: config.introspection });
  const { mode, paths } = config.persistedOperations;
  const operations = await openPersistedOperations({
    paths: mode === 'off' ? [] : paths,
    checks,
    logger,
  });
  const sandboxes = await startEmbeddedSandboxes(config);
  const sharing = await openReadSharing({
    config,
    sandboxes,
    logger,
    observe: metrics.readCacheAsked,
    now: cacheNow,
  });
  const ledgers = new OperationLedgers();
  const observer = countingObserver(createUpstreamTelemetry(logger, metrics), ledgers);
  const upstreams = createUpstreams({
    config,
    sandboxes,
    sharing,
    observer,
    clock: clock ?? sandboxes.clock,
    logger,
  });
  for (const { live } of [upstreams.metronome, upstreams.maple]) metrics.watchUpstream(live);
  const store = logStoreFailures(await openRecordStore(config), logger);
  const callerLimits = await openCallerLimits(config, logger);
  const writes = createWriteRunner(config, sandboxes, store, sharing.notices);
  const tracing = await openTracing(config.tracing, logger);
  const registries = [metrics.registry, ...processMetrics];
  const { host, metricsPort } = config;
  const scrape = siblings?.shareMetrics(registries) ?? scrapeOf(registries);
  const metricsServer =
    metricsPort === null || siblings !== undefined
      ? null
      : await startMetricsServer(scrape, { host, port: metricsPort });
  let ready = true;
  const parts = createGatewayParts({
    config,
    authenticate: await createAuthentication(config),
    upstreams,
    sharing,
    writes: countWrites(writes, metrics),
    checks,
    ledgers,
    operations,
    callerLimits,
    logger,
  });
  const gateway = createGateway({
    config,
    parts,
    scrape: metricsPort === null ? scrape : null,
    isReady: () => ready,
    plugins: tracing === null ? plugins : [useTracing(), ...plugins],
  });
  const answerByServer: AnswerByServer = (request, response, admitted) =>
    void gateway(request, response, admitted);
  // Spans are made, and plugins heard, by the server alone.
  const isDirect = answersDirectly && tracing === null && plugins.length === 0;
  const answer = isDirect
    ? createDirectAnswers(parts, gateway.fetchAPI, answerByServer)
    : (request: IncomingMessage, response: ServerResponse) => answerByServer(request, response, {});
  const gauge = createLoadGauge();
  const { maxInFlight } = config.requestLimits;
  const shedLoad = createLoadShedding({ maxInFlight, gauge, logger, metrics });
  const server = await serve((request, response) => {
    shedLoad(request, response, () => {
      observeRequest(request, response, { logger, metrics, tracing }, () => {
        const refusal = hostRefusal(request, isOpen(config));
        if (refusal === null) answer(request, response);
        else refuseHost(response, refusal);
      });
    });
  });
  return {
    url: `http://${server.authority}/graphql`,
    metricsUrl: metricsServer === null ? null : `http://${metricsServer.authority}/metrics`,
    sandboxes,
    async stop() {
      ready = false;
      const endsAtMs = performance.now() + config.drainTimeoutMs;
      const cutOff = await server.drain(config.drainTimeoutMs);
      if (cutOff > 0) logger.warn({ connections: cutOff }, 'connections cut off: the time to drain is over');
      // Of clients that went away meanwhile.
      await settledBefore(writes.idle(), endsAtMs);
      operations.close();
      await gateway.dispose();
      await upstreams.close();
      sharing.close();
      callerLimits.close();
      gauge.stop();
      await store.close();
      await metricsServer?.close();
      await tracing?.close();
      await sandboxes.close();
    },
  };
}

/** @param endsAtMs on the clock of `performance.now` */
async function settledBefore(work: Promise<unknown>, endsAtMs: number): Promise<void> {
  const isSettled = new AbortController();
  const { signal } = isSettled;
  const over = sleep(Math.max(0, endsAtMs - performance.now()), undefined, { signal }).catch(() => undefined);
  await Promise.race([work, over]);
  isSettled.abort();
}
