import { once } from 'node:events';
import { createServer, type Server, type ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createGateway } from './create-gateway.ts';
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
}

/** Starts everything that one process needs: sandboxes where there is no token, upstream connections, the server. */
export async function startGateway(
  config: Config,
  logger: Logger,
  { clock }: StartOptions = {},
): Promise<RunningGateway> {
  const sandboxes = await startEmbeddedSandboxes(config);
  const upstreams = createUpstreams(config, sandboxes, clock ?? sandboxes.clock);
  let ready = true;
  const gateway = createGateway({ config, upstreams, logger, isReady: () => ready });
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
      await gateway.dispose();
      await upstreams.close();
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
