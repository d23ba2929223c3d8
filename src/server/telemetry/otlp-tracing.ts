import { setTimeout as sleep } from 'node:timers/promises';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracingConfig } from '../../config-tracing.ts';
import { isFailedCall } from './failed-call.ts';
import { createReportingExporter } from './reporting-exporter.ts';
import type { RequestRecord } from './request-scope.ts';
import { parseTraceparent, traceparentOf } from './trace-context.ts';
import type { RequestTrace, Tracing } from './tracing.ts';

/** How long a collector may take for one batch, and for the last one while the process ends. */
const EXPORT_TIMEOUT_MS = 5000;
const LAST_EXPORT_MS = 2000;

/** Traces that are sent to a collector over OTLP/HTTP, in batches. */
export function createOtlpTracing(config: TracingConfig, logger: Logger): Tracing {
  const { tracesUrl, headers, serviceName, sampleRatio } = config;
  const exporter = new OTLPTraceExporter({
    url: tracesUrl,
    headers: { ...headers },
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: createReportingExporter(exporter, logger) })],
  });
  const tracer = provider.getTracer('billing-gateway');

  function startSpan(name: string, kind: SpanKind, attributes: Attributes, parent: Span): Span {
    return tracer.startSpan(name, { kind, attributes }, trace.setSpan(ROOT_CONTEXT, parent));
  }

  return {
    begin(method, traceparent): RequestTrace {
      const caller = parseTraceparent(traceparent);
      const context = caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, caller);
      const options = { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } };
      const root = tracer.startSpan(method, options, context);
      const open = [root];
      return {
        beginPhase(phase, record) {
          const span = startSpan(phase, SpanKind.INTERNAL, {}, open.at(-1) ?? root);
          open.push(span);
          return () => {
            if (phase === 'operation') nameAfter(record, span);
            open.splice(open.indexOf(span), 1);
            span.end();
          };
        },
        beginCall({ provider, operation }) {
          const attributes = { 'gateway.provider': provider, 'gateway.upstream_operation': operation };
          const span = startSpan(
            `${provider} ${operation}`,
            SpanKind.CLIENT,
            attributes,
            open.at(-1) ?? root,
          );
          return {
            headers: { traceparent: traceparentOf(span.spanContext()) },
            end(outcome, status) {
              if (status !== null) span.setAttribute('http.response.status_code', status);
              span.setAttribute('gateway.outcome', outcome);
              if (isFailedCall(outcome)) span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
              span.end();
            },
          };
        },
        end({ errorCodes }, status) {
          if (status !== null) root.setAttribute('http.response.status_code', status);
          if (errorCodes.size > 0) root.setAttribute('gateway.error_codes', [...errorCodes]);
          if (status === null || status >= 500) root.setStatus({ code: SpanStatusCode.ERROR });
          root.end();
        },
      };
    },
    async close() {
      const shutdown = provider.shutdown().catch(() => undefined);
      await Promise.race([shutdown, sleep(LAST_EXPORT_MS, undefined, { ref: false })]);
    },
  };
}

/** As the semantic conventions of GraphQL servers have it; the name only where it comes from a manifest. */
function nameAfter({ operation }: RequestRecord, span: Span): void {
  if (operation === null) return;
  const { type, name } = operation;
  span.updateName(name === null ? type : `${type} ${name}`);
  span.setAttribute('graphql.operation.type', type);
  if (name !== null) span.setAttribute('graphql.operation.name', name);
}
