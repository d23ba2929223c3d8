import { createHash } from 'node:crypto';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createCursorCodec } from '../connection/cursor.ts';
import { schema } from '../schema.ts';
import { startDeadline } from '../time/deadline.ts';
import { createContext } from './create-context.ts';
import { faultFields } from './fault-fields.ts';
import type { GatewayContext } from './gateway-context.ts';
import { graphiqlOptions, renderGraphiQLPage } from './graphiql-page.ts';
import { createErrorMask } from './mask-error.ts';
import type { Upstreams } from './upstreams.ts';
import { useApiKeys } from './use-api-keys.ts';
import { useDepthLimit } from './use-depth-limit.ts';
import { useInputErrorCodes } from './use-input-error-codes.ts';
import { useProbes } from './use-probes.ts';
import { useReportedFailures } from './use-reported-failures.ts';
import { useRequestDeadline } from './use-request-deadline.ts';

interface GatewayOptions {
  readonly config: Config;
  readonly upstreams: Upstreams;
  readonly logger: Logger;
  /** Whether new work is welcome; what `/readyz` answers. */
  readonly isReady: () => boolean;
}

/** The HTTP side of the gateway: everything between a request and the schema. */
export function createGateway(options: GatewayOptions): YogaServerInstance<object, GatewayContext> {
  const { config, upstreams, logger, isReady } = options;
  const cursors = createCursorCodec(config.cursorKey ?? derivedCursorKey(config));
  const maskError = createErrorMask((error) => logger.error(faultFields(error), 'unexpected error'));
  return createYoga<object, GatewayContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    // Yoga would log whole errors, which can hold what must not be logged; the mask logs what may be.
    logging: false,
    maskedErrors: { maskError, errorMessage: '' },
    multipart: false,
    maxRequestBodySize: config.maxBodyBytes,
    cors:
      config.corsOrigins.length === 0
        ? false
        : { origin: [...config.corsOrigins], methods: ['GET', 'POST', 'OPTIONS'] },
    graphiql: config.production ? false : graphiqlOptions,
    renderGraphiQL: renderGraphiQLPage,
    context: ({ request }) =>
      createContext({ upstreams, cursors, deadline: startDeadline(config.requestTimeoutMs, request.signal) }),
    // The order matters: probes need no key, and failures are added before errors are masked.
    plugins: [
      useProbes(isReady),
      useApiKeys(config.apiKeys),
      useDepthLimit(config.maxDepth),
      useInputErrorCodes(),
      useReportedFailures(),
      useRequestDeadline(),
    ],
  });
}

/** All processes with the same upstream tokens accept each other's cursors, with nothing more to configure. */
function derivedCursorKey({ metronome, maple }: Config): string {
  return createHash('sha256')
    .update(JSON.stringify(['cursors', metronome.token, maple.token]))
    .digest('base64url');
}
