import { z } from 'zod';
import { list, text, url } from './config-values.ts';

/** Where traces go. The variables are those that OpenTelemetry names. */
export interface TracingConfig {
  /** Where an OTLP collector takes traces over HTTP. */
  readonly tracesUrl: string;
  /** Sent with each export; may hold credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Which share of traces is kept, 0 to 1, where the caller's trace context does not say. */
  readonly sampleRatio: number;
}

/** The variables of tracing. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default('').transform(headers),
  OTEL_SERVICE_NAME: text.default('billing-gateway'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .trim()
    .regex(/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, 'must be a number from 0 to 1')
    .transform(Number)
    .default(1),
};

const tracingEnvironment = z.object(tracingVariables);

/** Null where nothing is traced. */
export function tracingConfig(env: z.infer<typeof tracingEnvironment>): TracingConfig | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = env;
  if (endpoint === undefined) return null;
  return {
    tracesUrl: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS,
    serviceName: env.OTEL_SERVICE_NAME,
    sampleRatio: env.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** Members `name=value`, the value percent-encoded where it must be. */
function headers(value: string, context: z.RefinementCtx): Record<string, string> {
  const members = list(value).map((member, index) => {
    const [, name, encoded] = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(.+)$/.exec(member) ?? [];
    const decoded = decodedValue(encoded);
    if (name === undefined || decoded === null) {
      context.addIssue({ code: 'custom', message: `entry ${index + 1} must be name=value` });
      return ['', ''] as const;
    }
    return [name, decoded] as const;
  });
  return Object.fromEntries(members);
}

/** Null for what no header can carry. */
function decodedValue(encoded: string | undefined): string | null {
  try {
    const value = decodeURIComponent(encoded ?? '');
    return /^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/.test(value) ? value : null;
  } catch {
    return null;
  }
}
