import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import { UpstreamError } from '../../../src/errors/upstream-error.ts';
import type { BodyValidator } from '../../../src/upstream/http/check-body.ts';
import { UpstreamClient, type UpstreamRead } from '../../../src/upstream/http/upstream-client.ts';

/** Planted in tokens, addresses and bodies; must show in no message. */
export const CANARY = 'canary7f3a';
/** What the client under test sends. */
export const TOKEN = `token-${CANARY}`;

/** How a test answers one request. */
export type Script = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server that answers by a test's script, with a client to it. */
export interface ScriptedServer extends AsyncDisposable {
  /** With a canary in its path. */
  readonly url: string;
  readonly client: UpstreamClient;
  /** Method and target of each request so far. */
  readonly requests: string[];
  /** How many connections were opened so far. */
  connections(): number;
}

export async function startScriptedServer(script: Script, timeoutMs = 5000): Promise<ScriptedServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    // Everything that a script answers goes out in its own time, whatever becomes of the request.
    request.resume();
    script(request, response);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the server listens on no TCP port');
  const url = `http://127.0.0.1:${address.port}/${CANARY}`;
  const client = new UpstreamClient({ provider: 'MAPLE', baseUrl: url, token: TOKEN, timeoutMs });
  return {
    url,
    client,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      await client.close();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Accepts every JSON body. */
const anyBody: BodyValidator<unknown> = Object.assign((_body: unknown): _body is unknown => true, {
  fieldNames: new Set<string>(),
});

/** A read of a path with a canary in it, with some members changed. */
export function aRead(changes: Partial<UpstreamRead<unknown>> = {}): UpstreamRead<unknown> {
  return {
    operation: 'readThing',
    method: 'GET',
    path: `/things/${CANARY}`,
    answer: anyBody,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The failure of a read, after making sure that it gives nothing away. */
export async function failureOf(reading: Promise<unknown>): Promise<UpstreamError> {
  const outcome = await reading.then(
    (answer: unknown) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error('the read gave an answer');
  const { error } = outcome;
  if (!(error instanceof UpstreamError)) throw error;
  expect(error.provider).toBe('MAPLE');
  expect(error.message).not.toMatch(/canary|127\.0\.0\.1|localhost|http:|bearer/i);
  return error;
}
