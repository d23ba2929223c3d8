import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts';
import { newRequestRecord, requestScope } from './request-scope.ts';
import type { Tracing } from './tracing.ts';

/** Who is told of requests. */
interface RequestTelemetry {
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly tracing: Tracing | null;
}

/** Paths that machines ask every few seconds. */
const MACHINE_PATHS: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

/**
 * Runs what answers a request with a record of it, and tells of it when it is over: a line in the log, the metrics, the trace.
 * Probes and scrapes are neither counted nor traced, and are logged at `debug`.
 */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { logger, metrics, tracing }: RequestTelemetry,
  answer: () => void,
): void {
  const { method = '', headers } = request;
  const isMachine = MACHINE_PATHS.has(pathOf(request));
  const trace = isMachine ? null : (tracing?.begin(method, onlyOne(headers['traceparent'])) ?? null);
  const record = newRequestRecord(requestIdOf(headers[REQUEST_ID_HEADER]), trace);
  const startedMs = performance.now();
  response.setHeader(REQUEST_ID_HEADER, record.id);
  response.once('close', () => {
    const durationMs = performance.now() - startedMs;
    const status = response.headersSent ? response.statusCode : null;
    trace?.end(record, status);
    if (!isMachine) metrics.requestEnded(record, { method, status, durationMs });
    const { id, operation, errorCodes, upstreamCalls } = record;
    logger[isMachine ? 'debug' : 'info'](
      {
        request: id,
        method,
        status,
        ms: Math.round(durationMs),
        operationType: operation?.type,
        operationName: operation?.name ?? undefined,
        errors: errorCodes.size === 0 ? undefined : [...errorCodes],
        upstreamCalls,
        cutOff: response.writableFinished ? undefined : true,
      },
      'request',
    );
  });
  requestScope.run(record, answer);
}

function onlyOne(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function pathOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?', 1);
  return path;
}
