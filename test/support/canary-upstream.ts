import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { authorityOf } from '../../src/server/authority-of.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { forwardRequest } from './forward-request.ts';

/** How a planted upstream answers. */
export type PlantedFault = (request: IncomingMessage, response: ServerResponse) => void;

/** A sandbox that takes another token, puts planted text into its headers, and can fail with planted text. */
export interface CanaryUpstream {
  readonly url: string;
  /** Null: it answers as the sandbox does. */
  play(fault: PlantedFault | null): void;
  close(): Promise<void>;
}

/**
 * Starts it in front of a sandbox.
 *
 * @param planted stands in a header of every answer
 */
export async function startCanaryUpstream(
  sandbox: Pick<SandboxServer, 'url' | 'token'>,
  planted: string,
): Promise<CanaryUpstream> {
  let fault: PlantedFault | null = null;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    response.setHeader('x-planted', planted);
    if (fault !== null) {
      fault(request, response);
      return;
    }
    request.headers.authorization = `Bearer ${sandbox.token}`;
    const forwarded = await forwardRequest(sandbox.url, request, body);
    response.writeHead(forwarded.status, { 'content-type': 'application/json' }).end(forwarded.body);
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://${authorityOf(server)}`,
    play(next) {
      fault = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
