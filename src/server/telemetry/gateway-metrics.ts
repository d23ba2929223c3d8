import { Counter, Histogram, Registry } from 'prom-client';
import type { ReadCacheResult } from '../../read-cache/read-cache.ts';
import type { CallOutcome, UpstreamCall } from '../../upstream/http/upstream-observer.ts';
import type { Write, WriteOutcome } from '../../write/write.ts';
import { createBoundedNames } from './bounded-names.ts';
import type { RequestRecord } from './request-scope.ts';
import { watchUpstreams, type WatchedUpstream } from './watch-upstreams.ts';

/** How a request looked from outside. */
export interface RequestFacts {
  readonly method: string;
  /** Null where the client went away before the answer had begun. */
  readonly status: number | null;
  readonly durationMs: number;
}

/** What one gateway counts. Every label is a member of a closed set, or of the manifests. */
export interface GatewayMetrics {
  /** In Prometheus' text form. */
  readonly registry: Registry;
  requestEnded(record: RequestRecord, facts: RequestFacts): void;
  /** One was turned away, since there was too much to do. */
  requestShed(method: string): void;
  upstreamCallEnded(call: UpstreamCall, outcome: CallOutcome, durationMs: number): void;
  batched(loader: string, size: number): void;
  writeEnded(
    write: Pick<Write<unknown>, 'provider' | 'operation'>,
    outcome: WriteOutcome<unknown>['kind'],
  ): void;
  readCacheAsked(result: ReadCacheResult): void;
  /** Shows from now on how a provider and the reads of it are doing, as it is when it is asked for. */
  watchUpstream(upstream: WatchedUpstream): void;
}

/** Upper bounds in seconds: from an answer out of memory to the deadline of a request. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];
const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100];
/** The label where there is no operation, or none with a name that may be shown. */
const NONE = 'none';

/** Metrics of one gateway, all at zero. */
export function createGatewayMetrics(): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const nameOf = createBoundedNames();
  const requests = new Counter({
    name: 'gateway_http_requests_total',
    help: 'HTTP requests but for probes and scrapes, by method and status; status "none": the client went away first.',
    labelNames: ['method', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'gateway_operation_duration_seconds',
    help: 'GraphQL operations that were executed, from the head of the request to the end of the answer. The name only of persisted operations.',
    labelNames: ['type', 'operation'],
    buckets: DURATIONS,
    registers,
  });
  const errors = new Counter({
    name: 'gateway_errors_total',
    help: 'Answers that hold at least one error of the code; type "none": nothing was executed.',
    labelNames: ['type', 'operation', 'code'],
    registers,
  });
  const calls = new Counter({
    name: 'gateway_upstream_calls_total',
    help: 'Attempts at calls of an upstream by the operation of its API, and how they came out.',
    labelNames: ['provider', 'operation', 'outcome'],
    registers,
  });
  const callDurations = new Histogram({
    name: 'gateway_upstream_call_duration_seconds',
    help: 'Attempts at calls of an upstream, body included.',
    labelNames: ['provider', 'operation'],
    buckets: DURATIONS,
    registers,
  });
  const batches = new Histogram({
    name: 'gateway_batch_size',
    help: 'Keys that a loader has put into one batch.',
    labelNames: ['loader'],
    buckets: BATCH_SIZES,
    registers,
  });
  const writes = new Counter({
    name: 'gateway_writes_total',
    help: 'Writes that were run, by the operation of the upstream, and how they came out.',
    labelNames: ['provider', 'operation', 'outcome'],
    registers,
  });
  const lookups = new Counter({
    name: 'gateway_read_cache_lookups_total',
    help: 'Reads that another request may have brought: hit, miss, joined (one was under way), bypassed (store away, or a write running).',
    labelNames: ['result'],
    registers,
  });
  return {
    registry,
    requestEnded({ operation, errorCodes }, { method, status, durationMs }) {
      requests.inc({ method, status: status ?? NONE });
      const name = operation?.name ?? null;
      const labels = { type: operation?.type ?? NONE, operation: name === null ? NONE : nameOf(name) };
      if (operation !== null) durations.observe(labels, durationMs / 1000);
      for (const code of errorCodes) errors.inc({ ...labels, code });
    },
    requestShed(method) {
      requests.inc({ method, status: 503 });
      errors.inc({ type: NONE, operation: NONE, code: 'OVERLOADED' });
    },
    upstreamCallEnded({ provider, operation }, outcome, durationMs) {
      calls.inc({ provider, operation, outcome });
      callDurations.observe({ provider, operation }, durationMs / 1000);
    },
    batched: (loader, size) => batches.observe({ loader }, size),
    writeEnded: ({ provider, operation }, outcome) => writes.inc({ provider, operation, outcome }),
    readCacheAsked: (result) => lookups.inc({ result }),
    watchUpstream: watchUpstreams(registry),
  };
}
