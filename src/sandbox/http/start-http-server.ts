import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseJson, toJson } from './json.ts';
import type { RecordedRequest, SandboxServer, SandboxServerOptions } from './sandbox-server.ts';

/** A request with what the record of it leaves out. */
export interface ReceivedRequest extends RecordedRequest {
  /** True when a body came that is not JSON. */
  readonly malformedBody: boolean;
}

/** What a sandbox answers. */
export interface SandboxAnswer {
  readonly status: number;
  /** Written as JSON, see `toJson`; undefined gives an empty body. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One system's part of a sandbox server. */
export interface HttpServerSetup {
  readonly options: SandboxServerOptions;
  readonly token: string;
  /** Answers a request; it does authentication, routing and errors itself. What it throws becomes a 500. */
  readonly answer: (request: ReceivedRequest) => SandboxAnswer;
}

const KEPT_REQUESTS = 10_000;

// Longer than a client keeps an idle connection, so that the server never closes one that is about to be reused.
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

/** Starts an HTTP server that records requests, applies faults and answers. Rejects when the port is taken. */
export async function startHttpServer(setup: HttpServerSetup): Promise<SandboxServer> {
  const { options } = setup;
  const requests: RecordedRequest[] = [];

  const receive = (incoming: IncomingMessage, response: ServerResponse, sent: string): void => {
    const request = receivedRequest(incoming, sent);
    requests.push(request);
    if (requests.length > KEPT_REQUESTS) requests.shift();
    const fault = options.onRequest?.(request);
    switch (fault?.kind) {
      case undefined:
        return send(response, answerSafely(setup, request));
      case 'answer':
        return write(response, fault.status, fault.body, fault.headers);
      case 'hang':
        return;
      case 'reset':
        incoming.socket.resetAndDestroy();
        return;
      case 'custom':
        return fault.play(incoming, response);
      case 'delay':
        // Unreferenced, so that a long delay does not keep a process alive whose server has been closed.
        setTimeout(() => {
          if (!response.destroyed) send(response, answerSafely(setup, request));
        }, fault.delayMs).unref();
    }
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS }, (incoming, response) => {
    text(incoming).then(
      (body) => receive(incoming, response, body),
      // The client went away in the middle of its body; nobody is left to answer.
      () => response.destroy(),
    );
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox server has no port');
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    token: setup.token,
    requests,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function receivedRequest(incoming: IncomingMessage, sent: string): ReceivedRequest {
  const target = incoming.url ?? '/';
  const queryStart = target.indexOf('?');
  let body: unknown;
  let malformedBody = false;
  if (sent !== '') {
    try {
      body = parseJson(sent);
    } catch {
      malformedBody = true;
    }
  }
  return {
    method: incoming.method ?? 'GET',
    path: queryStart === -1 ? target : target.slice(0, queryStart),
    query: new URLSearchParams(queryStart === -1 ? '' : target.slice(queryStart + 1)),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body,
    malformedBody,
  };
}

function answerSafely(setup: HttpServerSetup, request: ReceivedRequest): SandboxAnswer {
  try {
    return setup.answer(request);
  } catch (error) {
    return { status: 500, body: { message: error instanceof Error ? error.message : 'Sandbox failure' } };
  }
}

function send(response: ServerResponse, answer: SandboxAnswer): void {
  write(response, answer.status, answer.body === undefined ? '' : toJson(answer.body), answer.headers);
}

function write(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> | undefined,
): void {
  response.writeHead(status, {
    ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
