import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { openHttpServer, type HttpServer } from '../../src/server/http-server.ts';
import { openRawConnection, rawPost, type RawConnection } from '../support/raw-connection.ts';

/** More than sockets keep on their way, so that who sends it waits for who reads it. */
const LARGE = 'x'.repeat(30_000_000);
/** Long enough that no test reaches it. */
const PATIENCE_MS = 60_000;

describe('a server that drains', () => {
  let server: HttpServer | null = null;
  afterEach(async () => {
    await server?.drain(0);
    server = null;
  });

  /** Starts a server. A request for `/held` waits for its release, all others are answered with what they sent. */
  async function start(): Promise<{
    readonly connect: () => Promise<RawConnection>;
    readonly drain: (timeoutMs?: number) => Promise<number>;
    /** Resolves when the request has come to its handler. */
    readonly arrived: Promise<unknown>;
    readonly release: () => void;
    readonly url: string;
  }> {
    const arrived = Promise.withResolvers<undefined>();
    const held = Promise.withResolvers<undefined>();
    async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      arrived.resolve(undefined);
      const body = await text(request);
      if (request.url === '/held') await held.promise;
      response.end(request.url === '/large' ? LARGE : `got ${body}`);
    }
    const opened = await openHttpServer({ host: '127.0.0.1', port: 0 }, (request, response) => {
      answer(request, response).catch(() => response.destroy());
    });
    server = opened;
    const url = `http://${opened.authority}`;
    return {
      url,
      connect: () => openRawConnection(url),
      drain: (timeoutMs = PATIENCE_MS) => opened.drain(timeoutMs),
      arrived: arrived.promise,
      release: () => held.resolve(undefined),
    };
  }

  const small = rawPost('body', '/');
  const held = rawPost('body', '/held');

  it('answers a request of a connection that had sent nothing yet', async () => {
    const { connect, drain } = await start();
    const connection = await connect();
    const drained = drain();
    connection.write(small.head + small.body);
    expect(await connection.ended()).toContain('got body');
    expect(await drained).toBe(0);
  });

  it('answers a request whose head is half there', async () => {
    const { connect, drain } = await start();
    const connection = await connect();
    connection.write(small.head.slice(0, 20));
    const drained = drain();
    connection.write(small.head.slice(20) + small.body);
    expect(await connection.ended()).toMatch(/Connection: close\r\n[^]*got body$/);
    expect(await drained).toBe(0);
  });

  it('answers a request whose body is half there', async () => {
    const { connect, drain, arrived } = await start();
    const connection = await connect();
    connection.write(small.head + small.body.slice(0, 2));
    await arrived;
    const drained = drain();
    connection.write(small.body.slice(2));
    expect(await connection.ended()).toMatch(/Connection: close\r\n[^]*got body$/);
    expect(await drained).toBe(0);
  });

  it('answers a request that is being worked on', async () => {
    const { connect, drain, arrived, release } = await start();
    const connection = await connect();
    connection.write(held.head + held.body);
    await arrived;
    const drained = drain();
    release();
    expect(await connection.ended()).toMatch(/Connection: close\r\n[^]*got body$/);
    expect(await drained).toBe(0);
  });

  it('sends an answer to its end', async () => {
    const { connect, drain } = await start();
    const connection = await connect();
    const large = rawPost('', '/large');
    connection.write(large.head);
    await connection.said('HTTP/1.1 200');
    connection.socket.pause();
    const drained = drain();
    connection.socket.resume();
    expect((await connection.ended()).endsWith(`\r\n\r\n${LARGE}`)).toBe(true);
    expect(await drained).toBe(0);
  });

  it('ends connections that are only kept alive', async () => {
    const { connect, drain } = await start();
    const connection = await connect();
    connection.write(small.head + small.body);
    await connection.said('got body');
    const started = performance.now();
    expect(await drain()).toBe(0);
    expect(await connection.ended()).toMatch(/Connection: keep-alive\r\n[^]*got body$/);
    expect(performance.now() - started).toBeLessThan(900);
  });

  it('answers every request of a connection that has sent several at once', async () => {
    const { connect, drain, arrived, release } = await start();
    const connection = await connect();
    connection.write(held.head + held.body + small.head + small.body);
    await arrived;
    const drained = drain();
    release();
    const answers = await connection.ended();
    expect(answers.match(/got body/g)).toHaveLength(2);
    expect(answers.match(/Connection: [\w-]+/g)).toEqual(['Connection: keep-alive', 'Connection: close']);
    expect(await drained).toBe(0);
  });

  it('answers those who ask while it drains', async () => {
    const { connect, drain, arrived, release, url } = await start();
    const connection = await connect();
    connection.write(held.head + held.body);
    await arrived;
    const drained = drain();
    const late = await fetch(url, { method: 'POST', body: 'late' });
    expect(await late.text()).toBe('got late');
    expect(late.headers.get('connection')).toBe('close');
    release();
    expect(await drained).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('ends a connection that never sends anything', async () => {
    const { connect, drain } = await start();
    const connection = await connect();
    expect(await drain()).toBe(0);
    expect(await connection.ended()).toBe('');
  });

  it.each<readonly [string, string]>([
    ['the rest of its head', small.head.slice(0, 20)],
    ['the rest of its body', small.head + small.body.slice(0, 2)],
  ])('cuts off a client that never sends %s', async (_rest, sent) => {
    const { connect, drain } = await start();
    const connection = await connect();
    connection.write(sent);
    expect(await drain(200)).toBe(1);
    expect(await connection.ended()).toBe('');
  });

  it('cuts off a client that never reads its answer', async () => {
    const { connect, drain } = await start();
    const connection = await connect();
    connection.write(rawPost('', '/large').head);
    await connection.said('HTTP/1.1 200');
    connection.socket.pause();
    expect(await drain(200)).toBe(1);
    connection.socket.destroy();
  });
});
