import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { ShortLivedMap } from '../short-lived-map.ts';
import { startDeadline } from '../time/deadline.ts';
import { authorityOf } from './authority-of.ts';

/** A server that listens, and that can end without losing what it has accepted. */
export interface HttpServer {
  /** Host and port as they stand in an address. */
  readonly authority: string;
  /** Requests that come from now on are answered by this. */
  serve(answer: RequestListener): void;
  /**
   * Ends the server. Every request that has been accepted is answered, also one whose first bytes are there; each
   * connection ends with its last answer. The server listens until the requests that run now have been answered, so that
   * whoever asks meanwhile gets an answer too, the probe for readiness among them. Whatever hangs is cut off in the end.
   *
   * @param timeoutMs until connections are cut off
   * @returns how many were
   */
  drain(timeoutMs: number): Promise<number>;
}

/** How long clients may take, before their connections are cut off. */
interface ClientTimes {
  /** To send the head of a request. */
  readonly headersMs: number;
  /** To send a whole request. */
  readonly requestMs: number;
  /** To send the next request on the same connection; longer than balancers in front keep theirs, which would use a dead one. */
  readonly idleMs: number;
  /** Without sending or taking a single byte; longer than an answer takes to be made. */
  readonly silenceMs: number;
  /** How often the first two are looked at. */
  readonly checkEveryMs: number;
}

const CLIENT_TIMES: ClientTimes = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 65_000,
  silenceMs: 120_000,
  checkEveryMs: 1000,
};
/** A further one is closed at once. */
const MAX_CONNECTIONS = 10_000;
/** After so many a client connects anew, perhaps to another process. */
const MAX_REQUESTS_A_CONNECTION = 10_000;
/** How long a connection that has sent nothing yet may take to begin, once the server listens no more. */
const FIRST_BYTE_MS = 1000;
/**
 * Lets in one of the connections that wait, or a few.
 *
 * @returns whether those may have been all
 */
export type LetIn = () => Promise<boolean>;

const QUIET_TURNS = 3;
const QUIET_TURN_MS = 1;
/** Takes as long as there is something to do. */
const turnOfEventLoop: LetIn = async () => {
  const startedMs = performance.now();
  await turn();
  return performance.now() - startedMs < QUIET_TURN_MS;
};
/** Where there are no quiet turns, the server stops listening after this. */
const LAST_KNOCKS_MS = 500;
const NEVER = new AbortController().signal;

/**
 * Starts to listen; port 0 takes any free one.
 *
 * @param answer what answers until `serve` says otherwise
 * @param letIn how connections come that the system has taken for this process
 */
export async function openHttpServer(
  { host, port }: { readonly host: string; readonly port: number },
  answer: RequestListener,
  times: Partial<ClientTimes> = {},
  letIn: LetIn = turnOfEventLoop,
): Promise<HttpServer> {
  const { headersMs, requestMs, idleMs, silenceMs, checkEveryMs } = { ...CLIENT_TIMES, ...times };
  let listener = answer;
  let isDraining = false;
  const connections = new Set<Socket>();
  /** Requests of one connection are answered in turn: it must not end before the last of them. */
  const latest = new ShortLivedMap<Socket, ServerResponse>();
  /** How many bytes a connection had sent when its latest answer was over. */
  const restingAt = new WeakMap<Socket, number>();
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: checkEveryMs,
  };
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    const earlier = latest.get(socket);
    latest.set(socket, response);
    if (isDraining) {
      if (earlier !== undefined) earlier.shouldKeepAlive = true;
      response.shouldKeepAlive = false;
    }
    response.once('close', () => {
      if (latest.get(socket) !== response) return;
      latest.delete(socket);
      restingAt.set(socket, socket.bytesRead);
      // One whose answer had begun before does not end by itself.
      if (isDraining) setImmediate(endIdleConnections);
    });
    listener(request, response);
  });
  let admitted = 0;
  server.on('connection', (socket: Socket) => {
    admitted += 1;
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.setTimeout(silenceMs);
  server.maxConnections = MAX_CONNECTIONS;
  // One of several processes would hand it to the next, and that one back, without end.
  Object.assign(server, { dropMaxConnection: true });
  server.maxRequestsPerSocket = MAX_REQUESTS_A_CONNECTION;
  server.listen(port, host);
  await once(server, 'listening');

  let isClosed = false;
  server.once('close', () => {
    isClosed = true;
  });

  /** Not `closeIdleConnections`, which takes a connection for idle while an answer is still on its way to a slow client. */
  function endIdleConnections(): void {
    for (const socket of connections) {
      if (!latest.has(socket) && restingAt.get(socket) === socket.bytesRead) socket.destroy();
    }
  }

  /** Until all that runs at this moment has been answered. */
  async function answered(signal: AbortSignal): Promise<void> {
    await Promise.allSettled(latest.values().map((response) => once(response, 'close', { signal })));
  }

  /** Whoever has knocked and is not let in yet would be turned away by the system when the server stops listening. */
  async function nobodyKnocks(): Promise<void> {
    const endsAtMs = performance.now() + LAST_KNOCKS_MS;
    for (let quietTurns = 0; quietTurns < QUIET_TURNS && performance.now() < endsAtMs;) {
      const admittedBefore = admitted;
      const mayBeAll = await letIn();
      quietTurns = mayBeAll && admitted === admittedBefore ? quietTurns + 1 : 0;
    }
  }

  async function closed(signal: AbortSignal): Promise<void> {
    await nobodyKnocks();
    const closing = once(server, 'close', { signal });
    // Not the method of the HTTP server, which calls `closeIdleConnections`.
    NetServer.prototype.close.call(server);
    const silent = setTimeout(() => {
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    }, FIRST_BYTE_MS);
    await Promise.allSettled([closing]);
    clearTimeout(silent);
  }

  return {
    authority: authorityOf(server),
    serve(answerFromNowOn) {
      listener = answerFromNowOn;
    },
    async drain(timeoutMs) {
      isDraining = true;
      const deadline = startDeadline(timeoutMs, NEVER);
      for (const response of latest.values()) response.shouldKeepAlive = false;
      // What has arrived at this machine already is read before any connection counts as idle.
      await turn();
      await turn();
      endIdleConnections();
      await answered(deadline.signal);
      await closed(deadline.signal);
      deadline.end();
      const left = isClosed ? 0 : connections.size;
      if (!isClosed) {
        const gone = once(server, 'close');
        server.closeAllConnections();
        await gone;
      }
      // What the method does beside: the server looks after connections no more.
      server.close();
      return left;
    },
  };
}
