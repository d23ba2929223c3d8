import type { Logger } from 'pino';
import type { TracingConfig } from '../../config-tracing.ts';
import type { Tracing } from './tracing.ts';

/** Null where nothing is traced: a gateway without tracing loads nothing of it. */
export async function openTracing(config: TracingConfig | null, logger: Logger): Promise<Tracing | null> {
  if (config === null) return null;
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  return createOtlpTracing(config, logger);
}
