import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { manyInvoices } from './many-invoices.ts';
import { shortNumbers } from './short-numbers.ts';

/** Where the real answers come from. */
interface ReplayOptions {
  readonly metronomeUrl: string;
  readonly mapleUrl: string;
}

/** Both systems as the bench plays them, and the address that counts and delays them. */
interface Replay {
  readonly metronomeUrl: string;
  readonly mapleUrl: string;
  readonly controlUrl: string;
}

/** Longer than a client keeps an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

/**
 * Starts servers that ask a sandbox once for each distinct request and then give the same bytes again, so that they cost
 * little and cost every server under test the same. The control server answers `GET /` with the requests since the last
 * `POST /reset`, by method and path, and takes `POST /delay?ms=50`.
 */
export async function startReplay({ metronomeUrl, mapleUrl }: ReplayOptions): Promise<Replay> {
  const counts = new Map<string, number>();
  const state = { delayMs: 0 };
  const listenerOf = (origin: string) => replayListener(origin, counts, state);
  const metronome = await listen(listenerOf(metronomeUrl));
  const maple = await listen(listenerOf(mapleUrl));
  const control = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/reset') counts.clear();
    if (pathname === '/delay') state.delayMs = Number(searchParams.get('ms'));
    send(response, Buffer.from(JSON.stringify(Object.fromEntries(counts))), 200);
  });
  return { metronomeUrl: metronome, mapleUrl: maple, controlUrl: control };
}

function replayListener(
  origin: string,
  counts: Map<string, number>,
  state: { readonly delayMs: number },
): RequestListener {
  const kept = new Map<string, Buffer>();
  return (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const answer = (sent: string): void => {
      const key = `${method} ${url} ${sent}`;
      const route = `${method} ${routeOf(url)}`;
      counts.set(route, (counts.get(route) ?? 0) + 1);
      const body = kept.get(key);
      if (body === undefined) {
        void relay(origin, request, sent).then(
          ({ status, body: fresh }) => {
            if (status === 200) kept.set(key, fresh);
            send(response, fresh, status);
          },
          () => send(response, Buffer.from('{}'), 502),
        );
      } else if (state.delayMs === 0) send(response, body, 200);
      else setTimeout(() => send(response, body, 200), state.delayMs);
    };
    if (method === 'GET') answer('');
    else text(request).then(answer, () => response.destroy());
  };
}

/** The path with ids left out. */
function routeOf(url: string): string {
  const end = url.indexOf('?');
  return (end === -1 ? url : url.slice(0, end)).replaceAll(/\/[^/]*[\d_][^/]*(?=\/|$)/g, (part) =>
    /^\/(?:v1|one_times)$/.test(part) ? part : '/:id',
  );
}

async function relay(
  origin: string,
  request: IncomingMessage,
  sent: string,
): Promise<{ status: number; body: Buffer }> {
  const { method = 'GET', url = '/', headers } = request;
  const answer = await fetch(`${origin}${url}`, {
    method,
    headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
    ...(sent !== '' && { body: sent }),
  });
  const body = await answer.text();
  return {
    status: answer.status,
    body: Buffer.from(answer.ok ? shortNumbers(manyInvoices(url, body)) : body),
  };
}

function send(response: ServerResponse, body: Buffer, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}`;
}
