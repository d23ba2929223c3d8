import type { Logger } from 'pino';
import type { UpstreamObserver } from '../../upstream/http/upstream-observer.ts';
import { isFailedCall } from './failed-call.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { requestScope } from './request-scope.ts';

/** Counts every call of an upstream, for its request and for the metrics, traces it, and writes a line for each one that failed. */
export function createUpstreamTelemetry(logger: Logger, metrics: GatewayMetrics): UpstreamObserver {
  return {
    begin(call) {
      const record = requestScope.getStore();
      if (record !== undefined) record.upstreamCalls += 1;
      const traced = record?.trace?.beginCall(call);
      const startedMs = performance.now();
      let status: number | null = null;
      return {
        headers: traced?.headers ?? {},
        answered(answeredStatus) {
          status = answeredStatus;
        },
        end(outcome) {
          traced?.end(outcome, status);
          metrics.upstreamCallEnded(call, outcome, performance.now() - startedMs);
          if (isFailedCall(outcome)) logger.warn({ ...call, code: outcome, status }, 'upstream call failed');
        },
      };
    },
    batched: (loader, size) => metrics.batched(loader, size),
  };
}
