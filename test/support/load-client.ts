import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer under load. */
export interface LoadAnswer {
  readonly status: number;
  readonly body: string;
  readonly sentAtMs: number;
  /** Until it came; what this process itself was late with may be among it. */
  readonly tookMs: number;
  /** How long it took at least: it was not there when this process last looked. */
  readonly provenMs: number;
}

/** Asks over many connections, with as little work for each answer as can be. */
export interface LoadClient {
  /** How many connections wait for nothing. */
  idle(): number;
  /** Asks over one that waits for nothing; rejects when the connection ends without a whole answer. */
  ask(): Promise<LoadAnswer>;
  close(): void;
}

interface Connection {
  readonly socket: Socket;
  received: string;
  sentAtMs: number;
  settle: PromiseWithResolvers<LoadAnswer> | null;
}

/** How many connect at once: no more than a system lets wait. */
const CONNECTING = 50;
const LOOK_EVERY_MS = 2;

/** Opens the connections. The address is asked with the text of `next`, byte for byte, made anew for each request. */
export async function openLoadClient(url: string, next: () => string, count: number): Promise<LoadClient> {
  const { hostname, port } = new URL(url);
  const connections: Connection[] = [];
  const idle: Connection[] = [];
  let [isOpen, isBroken] = [true, false];
  let [lookedAtMs, lookedBeforeMs] = [performance.now(), performance.now()];

  function look(): void {
    [lookedBeforeMs, lookedAtMs] = [lookedAtMs, performance.now()];
  }

  function open(): Connection {
    const socket = connect(Number(port), hostname).setNoDelay(true).setEncoding('latin1');
    const connection: Connection = { socket, received: '', sentAtMs: 0, settle: null };
    socket.on('data', (chunk: string) => receive(connection, chunk));
    socket.on('error', () => undefined);
    socket.once('close', () => {
      isBroken ||= isOpen;
      connection.settle?.reject(new Error('a connection ended without an answer'));
    });
    return connection;
  }

  function receive(connection: Connection, chunk: string): void {
    connection.received += chunk;
    const { received, sentAtMs, settle } = connection;
    const answer = wholeAnswer(received);
    if (answer === null || settle === null) return;
    connection.received = '';
    connection.settle = null;
    idle.push(connection);
    const tookMs = performance.now() - sentAtMs;
    settle.resolve({ ...answer, sentAtMs, tookMs, provenMs: Math.max(0, lookedBeforeMs - sentAtMs) });
  }

  while (connections.length < count) {
    const opened = Array.from({ length: Math.min(CONNECTING, count - connections.length) }, open);
    await Promise.all(opened.map(({ socket }) => once(socket, 'connect')));
    connections.push(...opened);
    idle.push(...opened);
  }
  const looking = setInterval(look, LOOK_EVERY_MS);
  return {
    idle: () => idle.length,
    ask() {
      const connection = idle.pop();
      if (connection === undefined || isBroken)
        return Promise.reject(new Error(isBroken ? 'a connection ended' : 'no connection is idle'));
      connection.settle = Promise.withResolvers();
      connection.sentAtMs = performance.now();
      connection.socket.write(next());
      return connection.settle.promise;
    },
    close() {
      isOpen = false;
      clearInterval(looking);
      for (const { socket } of connections) socket.destroy();
    },
  };
}

/** An answer with a length, each of its bytes as one character; null where it has not come whole. */
function wholeAnswer(received: string): { readonly status: number; readonly body: string } | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = Number(/^content-length: (\d+)/im.exec(received.slice(0, headEnd))?.[1]);
  const body = received.slice(headEnd + 4);
  return body.length < length ? null : { status: Number(received.slice(9, 12)), body };
}
