import { once } from 'node:events';
import { createServer, type Server, type ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { schema } from '../schema.ts';
import { createGateway } from './create-gateway.ts';
import { createWriteRunner } from './create-write-runner.ts';
import { documentRules } from './document-rules.ts';
import { logStoreFailures } from './log-store-failures.ts';
import { openRecordStore } from './open-record-store.ts';
import { openPersistedOperations } from './persisted-operations/open-persisted-operations.ts';
import { startEmbeddedSandboxes, type Sandboxes } from './start-sandboxes.ts';
import { createUpstreams } from './upstreams.ts';

/** A gateway that listens. */
export interface RunningGateway {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly sandboxes: Sandboxes;
  /** Not ready at once; accepted requests finish; then connections and sandboxes end. */
  stop(): Promise<void>;
}

/** What a caller may set beside the configuration. */
export interface StartOptions {
  /** The clock that dates are judged by; that of the Metronome side where it is left out. */
  readonly clock?: () => Date;
  /** Further plugins of the server, after the gateway's own; a test counts by them. */
  readonly plugins?: readonly Plugin[];
}

/** Starts everything that one process needs: sandboxes where there is no token, upstream connections, the server. */
export async function startGateway(
  config: Config,
  logger: Logger,
  { clock, plugins = [] }: StartOptions = {},
): Promise<RunningGateway> {
  const rules = documentRules(config);
  const { mode, paths } = config.persistedOperations;
  const operations = await openPersistedOperations({
    paths: mode === 'off' ? [] : paths,
    checks: { schema, rules },
    logger,
  });
  const sandboxes = await startEmbeddedSandboxes(config);
  const upstreams = createUpstreams(config, sandboxes, clock ?? sandboxes.clock);
  const store = logStoreFailures(openRecordStore(config), logger);
  const writes = createWriteRunner(config, sandboxes, store);
  let ready = true;
  const gateway = createGateway({
    config,
    upstreams,
    writes,
    rules,
    operations,
    logger,
    isReady: () => ready,
    plugins,
  });
  const running = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    running.add(response);
    response.once('close', () => running.delete(response));
    response.shouldKeepAlive &&= ready;
    if (isAddressed(request)) void gateway(request, response);
    else response.writeHead(400).end();
  });
  server.listen(config.port, config.host);
  await once(server, 'listening');
  return {
    url: `http://${urlHost(server)}/graphql`,
    sandboxes,
    async stop() {
      ready = false;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // Connections end with the answer that is under way, not when their clients have kept them alive for long enough.
      for (const response of running) response.shouldKeepAlive = false;
      await closed;
      // Of clients that went away meanwhile.
      await writes.idle();
      operations.close();
      await gateway.dispose();
      await upstreams.close();
      await store.close();
      await sandboxes.close();
    },
  };
}

/** Whether a request has a Host that a URL can be made of; the server behind would fail on any other. */
function isAddressed({ headers }: IncomingMessage): boolean {
  return headers.host === undefined || URL.canParse(`http://${headers.host}`);
}

function urlHost(server: Server): string {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the server listens on no TCP port');
  return address.family === 'IPv6'
    ? `[${address.address}]:${address.port}`
    : `${address.address}:${address.port}`;
}
