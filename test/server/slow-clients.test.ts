import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { openHttpServer, type HttpServer } from '../../src/server/http-server.ts';

/** Short, so that a test need not wait for long; each test makes one of them count. */
const TIMES = { headersMs: 200, requestMs: 400, idleMs: 200, silenceMs: 300, checkEveryMs: 20 };
const LONG_MS = 60_000;
const LARGE = 'x'.repeat(30_000_000);

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.drain(0);
  server = null;
});

async function open(times: Partial<typeof TIMES>, answer: RequestListener): Promise<Socket> {
  const long = { headersMs: LONG_MS, requestMs: LONG_MS, idleMs: LONG_MS, silenceMs: LONG_MS };
  server = await openHttpServer({ host: '127.0.0.1', port: 0 }, answer, {
    ...long,
    checkEveryMs: 20,
    ...times,
  });
  const [host, port] = server.authority.split(':');
  const socket = connect({ host: host ?? '', port: Number(port) });
  await once(socket, 'connect');
  return socket;
}

const readBody: RequestListener = (request, response) => {
  text(request).then(
    (body) => response.end(`got ${body}`),
    () => response.destroy(),
  );
};

describe('a client is cut off', () => {
  it('that sends nothing', async () => {
    const socket = await open({ headersMs: TIMES.headersMs }, readBody);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that sends the head of its request too slowly', async () => {
    const socket = await open({ headersMs: TIMES.headersMs }, readBody);
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => socket.write('X-More: x\r\n'), 20);
    socket.on('error', () => undefined);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it('that sends the body of its request too slowly', async () => {
    const socket = await open({ headersMs: TIMES.headersMs, requestMs: TIMES.requestMs }, readBody);
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 20);
    socket.on('error', () => undefined);
    const answer = await text(socket).catch(() => '');
    expect(answer).not.toContain('got');
    clearInterval(drip);
  });

  it('that asks nothing more on a connection', async () => {
    const socket = await open({ idleMs: TIMES.idleMs }, readBody);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 [^]*got $/);
  });

  it('that never takes its answer', async () => {
    const gone = Promise.withResolvers<boolean>();
    const socket = await open({ silenceMs: TIMES.silenceMs }, (_, response) => {
      response.once('close', () => gone.resolve(response.writableFinished));
      response.end(LARGE);
    });
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await gone.promise).toBe(false);
    socket.destroy();
  });
});

describe('a client is not cut off', () => {
  it('while its answer is made', async () => {
    const socket = await open({ headersMs: 50, requestMs: 50, idleMs: 50 }, (_, response) => {
      setTimeout(() => response.end('made'), 300);
    });
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 [^]*made$/);
  });
});
