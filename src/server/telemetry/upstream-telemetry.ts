import type { Logger } from 'pino';
import type { CallOutcome, UpstreamObserver } from '../../upstream/http/upstream-observer.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { requestScope } from './request-scope.ts';

/** Counts every call of an upstream, for its request and for the metrics, and writes a line for each one that failed. */
export function createUpstreamTelemetry(logger: Logger, metrics: GatewayMetrics): UpstreamObserver {
  return {
    begin(call) {
      const record = requestScope.getStore();
      if (record !== undefined) record.upstreamCalls += 1;
      const startedMs = performance.now();
      let status: number | null = null;
      return {
        headers: {},
        answered(answeredStatus) {
          status = answeredStatus;
        },
        end(outcome) {
          metrics.upstreamCallEnded(call, outcome, performance.now() - startedMs);
          if (isFailure(outcome)) logger.warn({ ...call, code: outcome, status }, 'upstream call failed');
        },
      };
    },
    batched: (loader, size) => metrics.batched(loader, size),
  };
}

function isFailure(outcome: CallOutcome): boolean {
  return outcome !== 'OK' && outcome !== 'NOT_FOUND' && outcome !== 'CANCELLED';
}
