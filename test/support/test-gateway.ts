import type { Plugin } from 'graphql-yoga';
import { pino, type Logger } from 'pino';
import { inject } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { SandboxServer, SandboxServerOptions } from '../../src/sandbox/http/sandbox-server.ts';
import { startMapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { DEFAULT_SANDBOX_NOW } from '../../src/sandbox/sandbox-clock.ts';
import { startGateway } from '../../src/server/start-gateway.ts';

/** An answer of the GraphQL endpoint. */
export interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly provider?: string };
  }[];
}

/** A gateway on a free port, over sandboxes that a test can watch and break. */
export interface TestGateway {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Of metrics that have a port of their own. */
  readonly metricsUrl: string | null;
  readonly metronome: SandboxServer;
  readonly maple: SandboxServer & { readonly companyId: string };
  /** Posts an operation and gives the whole answer. */
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<GraphQLAnswer>;
  /** Posts an operation and gives its data; fails when there is any error. */
  data(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** How often each operation was called since `forgetCalls`, by provider: `{'METRONOME GET /v1/plans': 1}`; ids are shown as `:id`. */
  calls(): Record<string, number>;
  forgetCalls(): void;
  stop(): Promise<void>;
}

/** What a test may change. */
export interface TestGatewayOptions {
  readonly metronome?: SandboxServerOptions;
  readonly maple?: SandboxServerOptions;
  /** Further environment variables of the gateway. */
  readonly env?: Readonly<Record<string, string>>;
  /** Silent where it is left out. */
  readonly logger?: Logger;
  /** Further plugins of the server. */
  readonly plugins?: readonly Plugin[];
  /** The clock that kept answers expire by, in milliseconds. */
  readonly cacheNow?: () => number;
  /** Whether plain queries are answered without the server; where it is left out, `ANSWERS=by-server` says no for all tests. */
  readonly answersDirectly?: boolean;
}

/** Starts a gateway over two sandboxes of its own, all on free ports, with the sandbox's fixed clock. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const metronome = await startMetronomeSandbox(options.metronome);
  const maple = await startMapleSandbox(options.maple);
  const config = readConfig({
    PORT: '0',
    METRONOME_API_URL: metronome.url,
    METRONOME_API_TOKEN: metronome.token,
    MAPLE_API_URL: maple.url,
    MAPLE_API_TOKEN: maple.token,
    MAPLE_COMPANY_ID: maple.companyId,
    ...options.env,
  });
  const gateway = await startGateway(config, options.logger ?? pino({ level: 'silent' }), {
    clock: () => DEFAULT_SANDBOX_NOW,
    plugins: options.plugins ?? [],
    answersDirectly: options.answersDirectly ?? inject('answersDirectly'),
    ...(options.cacheNow !== undefined && { cacheNow: options.cacheNow }),
  });
  async function answer(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<GraphQLAnswer> {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const body: unknown = await response.json();
    if (!isAnswer(body)) throw new TypeError('the gateway answered with something that is not an object');
    return body;
  }
  return {
    url: gateway.url,
    metricsUrl: gateway.metricsUrl,
    metronome,
    maple,
    answer,
    async data(query, variables) {
      const { data, errors } = await answer(query, variables);
      if (errors !== undefined) throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
      return data;
    },
    calls() {
      const counts: Record<string, number> = {};
      for (const [provider, { requests }] of Object.entries({ METRONOME: metronome, MAPLE: maple })) {
        for (const { method, path } of requests) {
          const name = `${provider} ${method} ${routeOf(path)}`;
          counts[name] = (counts[name] ?? 0) + 1;
        }
      }
      return counts;
    },
    forgetCalls() {
      metronome.requests.length = 0;
      maple.requests.length = 0;
    },
    async stop() {
      await gateway.stop();
      await Promise.all([metronome.close(), maple.close()]);
    },
  };
}

function isAnswer(body: unknown): body is GraphQLAnswer {
  return typeof body === 'object' && body !== null;
}

/** A path without the prefix of Maple's company, ids as `:id`. */
export function routeOf(path: string): string {
  return path
    .replace(/^\/api\/v1\/companies\/[^/]+/, '')
    .split('/')
    .map((segment) => (/^(?:v\d|one_times|[A-Za-z-]*)$/.test(segment) ? segment : ':id'))
    .join('/');
}
