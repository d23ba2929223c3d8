import { LosslessNumber } from 'lossless-json';
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxFault, SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { startHttpServer, type ReceivedRequest } from '../../../src/sandbox/http/start-http-server.ts';

describe('sandbox HTTP server', () => {
  const servers: SandboxServer[] = [];
  const start = async (
    setup: { fault?: SandboxFault; port?: number; answer?: (request: ReceivedRequest) => unknown } = {},
  ): Promise<SandboxServer> => {
    const { fault } = setup;
    const server = await startHttpServer({
      token: 'token',
      options: { ...(setup.port !== undefined && { port: setup.port }), onRequest: () => fault },
      answer: (request) => ({ status: 200, body: setup.answer?.(request) ?? { ok: true } }),
    });
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('records requests in order with path, query, headers and parsed body', async () => {
    const server = await start();
    await fetch(`${server.url}/first%2Fpath?a=1&a=2`, { headers: { 'X-Name': 'value' } });
    await fetch(`${server.url}/second`, { method: 'POST', body: '{"amount":0.1,"big":9007199254740993}' });
    const [first, second] = server.requests;
    expect(first).toMatchObject({ method: 'GET', path: '/first%2Fpath', body: undefined });
    expect(first?.query.getAll('a')).toEqual(['1', '2']);
    expect(first?.headers['x-name']).toBe('value');
    expect(second?.body).toEqual({ amount: 0.1, big: new LosslessNumber('9007199254740993') });
    server.requests.length = 0;
    await fetch(`${server.url}/third`);
    expect(server.requests.map((request) => request.path)).toEqual(['/third']);
  });

  it('tells a malformed body from none', async () => {
    const seen: boolean[] = [];
    const server = await start({ answer: (request) => seen.push(request.malformedBody) });
    await fetch(server.url, { method: 'POST', body: '{"a":' });
    await fetch(server.url, { method: 'POST' });
    expect(seen).toEqual([true, false]);
  });

  it('answers JSON with its length and keeps the connection', async () => {
    const server = await start({ answer: () => ({ name: 'ü' }) });
    const response = await fetch(server.url);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('content-length')).toBe('13');
    expect(response.headers.get('connection')).toBe('keep-alive');
    expect(await response.json()).toEqual({ name: 'ü' });
  });

  it('answers 500 when the operation fails unexpectedly', async () => {
    const server = await start({
      answer: () => {
        throw new Error('broken');
      },
    });
    const response = await fetch(server.url);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'broken' });
  });

  it('answers a fault in place of the operation', async () => {
    let wasAsked = false;
    const server = await start({
      fault: { kind: 'answer', status: 503, body: 'not json', headers: { 'retry-after': '7' } },
      answer: () => (wasAsked = true),
    });
    const response = await fetch(server.url);
    expect([response.status, await response.text(), response.headers.get('retry-after')]).toEqual([
      503,
      'not json',
      '7',
    ]);
    expect(wasAsked).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('resets the connection on request', async () => {
    const server = await start({ fault: { kind: 'reset' } });
    await expect(fetch(server.url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('answers properly after a delay', async () => {
    const server = await start({ fault: { kind: 'delay', delayMs: 60 } });
    const begun = performance.now();
    expect(await (await fetch(server.url)).json()).toEqual({ ok: true });
    expect(performance.now() - begun).toBeGreaterThan(50);
  });

  it.each<SandboxFault>([{ kind: 'hang' }, { kind: 'delay', delayMs: 600_000 }])(
    'ends connections with the fault %j when it closes',
    async (fault) => {
      const server = await start({ fault });
      const pending = fetch(server.url).then(
        () => 'answered',
        () => 'ended',
      );
      await expect.poll(() => server.requests.length, { interval: 5 }).toBe(1);
      await servers.pop()?.close();
      expect(await pending).toBe('ended');
    },
  );

  it('rejects when the port is taken', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('keeps the last 10 000 requests', async () => {
    const server = await start();
    const filler = {
      method: 'GET',
      path: '/old',
      query: new URLSearchParams(),
      headers: {},
      body: undefined,
    };
    server.requests.push(...Array.from({ length: 10_000 }, () => filler));
    await fetch(`${server.url}/new`);
    expect(server.requests).toHaveLength(10_000);
    expect(server.requests.at(-1)?.path).toBe('/new');
  });
});
