import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { authorityOf } from '../../src/server/authority-of.ts';

/** A span as a collector gets it. */
export interface CollectedSpan {
  readonly name: string;
  /** Of OTLP: 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of OTLP: 0 unset, 2 error. */
  readonly status: number;
}

/** A collector that takes traces over OTLP/HTTP as JSON. */
export interface TraceCollector {
  /** What a gateway is configured with. */
  readonly url: string;
  spans(): readonly CollectedSpan[];
  /** The bodies of all exports, and the headers of the latest. */
  readonly bodies: readonly string[];
  headers(): Readonly<Record<string, string | readonly string[] | undefined>>;
  /** From now on it answers with this status; null: not at all. */
  answerWith(status: number | null): void;
  close(): Promise<void>;
}

const value = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.union([z.number(), z.string()]) }).transform(({ intValue }) => Number(intValue)),
  z
    .object({ arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }) })
    .transform(({ arrayValue }) => arrayValue.values.map(({ stringValue }) => stringValue)),
]);

const span = z.object({
  name: z.string(),
  kind: z.number(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  attributes: z
    .array(z.object({ key: z.string(), value }))
    .transform((members) => Object.fromEntries(members.map(({ key, value: of }) => [key, of]))),
  status: z.object({ code: z.number().default(0) }).transform(({ code }) => code),
});

const traces = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** Starts a collector on a free port of the loopback interface. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const bodies: string[] = [];
  let latest: Readonly<Record<string, string | readonly string[] | undefined>> = {};
  let status: number | null = 200;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url === '/collector/v1/traces') bodies.push(body);
      latest = request.headers;
      if (status !== null) response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://${authorityOf(server)}/collector`,
    spans: () =>
      bodies.flatMap((body) =>
        traces
          .parse(JSON.parse(body))
          .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    bodies,
    headers: () => latest,
    answerWith(next) {
      status = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
