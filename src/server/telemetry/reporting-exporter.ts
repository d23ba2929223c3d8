import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/** Of `ExportResult`. */
const SUCCESS = 0;

/** Sends spans as another exporter does, and tells in the log when it begins to fail, and when it works again. */
export function createReportingExporter(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const { code }: { readonly code: number } = result;
        const hasFailed = code !== SUCCESS;
        // Without the error, which can hold the collector's address and answer.
        if (hasFailed && !isFailing) logger.warn('traces do not reach the collector');
        if (!hasFailed && isFailing) logger.info('traces reach the collector again');
        isFailing = hasFailed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
