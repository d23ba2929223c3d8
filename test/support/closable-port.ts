import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { platform } from 'node:os';
import { threadId } from 'node:worker_threads';

/** An HTTP server whose port can be closed for a time. */
export interface ClosablePort {
  readonly url: string;
  /** Connections are refused from now on; those that stand are ended. */
  shut(): Promise<void>;
  /** Listens again, at the same address. */
  open(): Promise<void>;
}

let opened = 0;

/**
 * Listens on a free port of a loopback address of its own where the system has more than one, so that nobody else gets
 * the port while it is closed.
 */
export async function createClosablePort(
  receive: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<ClosablePort> {
  opened += 1;
  const host =
    platform() === 'linux'
      ? `127.${threadId % 250}.${Math.floor(opened / 250) % 250}.${(opened % 250) + 2}`
      : '127.0.0.1';
  const server = createServer({ keepAliveTimeout: 75_000 }, receive);
  const listen = async (port: number): Promise<void> => {
    server.listen(port, host);
    await once(server, 'listening');
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://${host}:${address.port}`,
    async shut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async open() {
      if (!server.listening) await listen(address.port);
    },
  };
}
