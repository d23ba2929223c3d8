import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UpstreamClient } from '../../../src/upstream/http/upstream-client.ts';
import { CANARY, TOKEN, aRead, failureOf, startScriptedServer, type Script } from './scripted-server.ts';

const DEADLINE_MS = 1000;

/** Sends something every few milliseconds, but never all. */
function dripping(headers: Record<string, string>, bytes: Buffer): Script {
  return (_request, response) => {
    response.writeHead(200, headers);
    let at = 0;
    const timer = setInterval(() => response.write(bytes.subarray(at, (at += 1))), 20);
    response.on('close', () => clearInterval(timer));
  };
}

const slowAnswers: readonly (readonly [string, Script])[] = [
  ['nothing at all', () => undefined],
  ['headers and no body', (_request, response) => response.writeHead(200).flushHeaders()],
  ['a body that drips', dripping({}, Buffer.from(' '.repeat(1000)))],
  [
    'a gzip body that drips',
    dripping({ 'content-encoding': 'gzip' }, gzipSync(CANARY.repeat(1000), { level: 0 })),
  ],
  [
    'a gzip body that stops',
    (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).write(gzipSync(CANARY).subarray(0, 12));
    },
  ],
];

describe('the network', () => {
  it.each(slowAnswers)('times out on %s, hardly later than the deadline', async (_what, script) => {
    await using server = await startScriptedServer(script, DEADLINE_MS);
    const begun = performance.now();
    // A timer that is as long shows how late a busy machine is with everything.
    const timer = setTimeout(DEADLINE_MS).then(() => performance.now());
    const failure = await failureOf(server.client.read(aRead()));
    const ended = performance.now();
    expect(failure.code).toBe('UPSTREAM_TIMEOUT');
    expect(ended - begun).toBeGreaterThan(DEADLINE_MS * 0.9);
    expect(ended - (await timer)).toBeLessThan(DEADLINE_MS * 0.1);
    expect(server.client.health.judge()).toBe('DOWN');
  });

  it.each(slowAnswers)('is left at once when the caller ends while it gives %s', async (_what, script) => {
    await using server = await startScriptedServer(script);
    const caller = new AbortController();
    const reading = failureOf(server.client.read(aRead({ signal: caller.signal })));
    const arrived = setInterval(() => {
      if (server.requests.length > 0) caller.abort();
    }, 20);
    const failure = await reading;
    clearInterval(arrived);
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(server.client.health.judge()).toBe('UP');
    expect(server.client.health.isOlderThan(60_000)).toBe(true);
  });

  it('times out by the deadline of the caller, and is then not answered', async () => {
    await using server = await startScriptedServer(() => undefined);
    const failure = await failureOf(server.client.read(aRead({ signal: AbortSignal.timeout(100) })));
    expect(failure.code).toBe('UPSTREAM_TIMEOUT');
    expect(server.client.health.judge()).toBe('DOWN');
  });

  it.each([['an error'], ['a text']])('is not asked when the caller has ended with %s', async (kind) => {
    await using server = await startScriptedServer((_request, response) => response.end('{}'));
    const signal = AbortSignal.abort(kind === 'a text' ? 'gone' : new Error(CANARY));
    const failure = await failureOf(server.client.read(aRead({ signal })));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(server.requests).toEqual([]);
  });

  it('may refuse the connection', async () => {
    const unused = createServer().listen(0, '127.0.0.1');
    await once(unused, 'listening');
    const address = unused.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    unused.close();
    await once(unused, 'close');
    const client = new UpstreamClient({
      provider: 'MAPLE',
      baseUrl: `http://127.0.0.1:${port}`,
      token: TOKEN,
      timeoutMs: 5000,
    });
    const failure = await failureOf(client.read(aRead()));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(client.health.judge()).toBe('DOWN');
    await client.close();
  });

  it('may not know the host', async () => {
    const client = new UpstreamClient({
      provider: 'MAPLE',
      baseUrl: `http://${CANARY}.invalid`,
      token: TOKEN,
      timeoutMs: 5000,
    });
    expect((await failureOf(client.read(aRead()))).code).toBe('UPSTREAM_UNAVAILABLE');
    await client.close();
  });

  it.each<readonly [string, Script]>([
    ['before it answers', (request) => request.socket.resetAndDestroy()],
    [
      'in the middle of the body',
      (request, response) => {
        response
          .writeHead(200, { 'content-length': '100' })
          .write('{"a":', () => request.socket.resetAndDestroy());
      },
    ],
    [
      'in the middle of a chunked body',
      (request, response) => {
        response.writeHead(200).write('{"a":1}', () => request.socket.destroy());
      },
    ],
    [
      'in the middle of a gzip body',
      (request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.write(gzipSync('{"a":1}').subarray(0, 15), () => request.socket.destroy());
      },
    ],
  ])('may break off %s', async (_when, script) => {
    await using server = await startScriptedServer(script);
    const failure = await failureOf(server.client.read(aRead()));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(server.client.health.judge()).toBe('DOWN');
    expect(server.requests).toHaveLength(1);
  });

  it('may bring something that is not HTTP', async () => {
    await using server = await startScriptedServer((request) => request.socket.end(`${CANARY}\r\n\r\n`));
    const failure = await failureOf(server.client.read(aRead()));
    expect(failure.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(failure.cause).toBeUndefined();
    expect(server.client.health.judge()).toBe('DOWN');
  });

  it('is not blamed for a request that cannot be written', async () => {
    await using server = await startScriptedServer((_request, response) => response.end('{}'));
    const loop: { self?: unknown } = {};
    loop.self = loop;
    await expect(server.client.read(aRead({ method: 'POST', body: loop }))).rejects.toThrow(TypeError);
    await expect(server.client.read(aRead({ path: '/a\r\nb' }))).rejects.not.toMatchObject({
      provider: 'MAPLE',
    });
    expect(server.client.health.isOlderThan(60_000)).toBe(true);
    expect(server.requests).toEqual([]);
  });
});
