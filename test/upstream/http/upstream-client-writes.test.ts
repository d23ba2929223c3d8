import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BodyValidator } from '../../../src/upstream/http/check-body.ts';
import { UpstreamClient, type UpstreamWrite } from '../../../src/upstream/http/upstream-client.ts';
import { CANARY, TOKEN, startScriptedServer, type Script } from './scripted-server.ts';

/** Accepts an object with an id. */
const isThing: BodyValidator<{ readonly id: string }> = Object.assign(
  (body: unknown): body is { readonly id: string } =>
    typeof body === 'object' && body !== null && 'id' in body,
  { fieldNames: new Set(['id']) },
);

const NO_ANSWER = { kind: 'unclear', answer: 'none' };
const FAILURE = { kind: 'unclear', answer: 'failure' };

/** A write with some members changed. */
function aWrite(
  changes: Partial<UpstreamWrite<{ readonly id: string }>> = {},
): UpstreamWrite<{ readonly id: string }> {
  return {
    operation: 'makeThing',
    path: `/things/${CANARY}`,
    body: { name: 'a thing' },
    idempotencyKey: 'derived-key',
    answer: isThing,
    signal: new AbortController().signal,
    ...changes,
  };
}

function answering(status: number, body = '{"id":"7"}', type = 'application/json'): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(status === 204 || status === 304 ? undefined : body);
  };
}

describe('a write', () => {
  it('is a POST of its body, with the token and the key', async () => {
    const seen: unknown[] = [];
    await using server = await startScriptedServer((request, response) => {
      const { authorization, accept, 'content-type': type, 'idempotency-key': key } = request.headers;
      void text(request).then((content) => {
        seen.push({ method: request.method, authorization, accept, type, key, content });
        response.end('{"id":"7"}');
      });
    });
    const body = { price: JSON.rawJSON('9007199254740993.10'), note: 'é', empty: null };
    expect(await server.client.write(aWrite({ body }))).toEqual({ kind: 'done', answer: { id: '7' } });
    expect(seen).toEqual([
      {
        method: 'POST',
        authorization: `Bearer ${TOKEN}`,
        accept: 'application/json',
        type: 'application/json',
        key: 'derived-key',
        content: '{"price":9007199254740993.10,"note":"é","empty":null}',
      },
    ]);
    expect(server.requests).toEqual([`POST /${CANARY}/things/${CANARY}`]);
  });

  it('without a body sends none, and no type of one', async () => {
    const seen: unknown[] = [];
    await using server = await startScriptedServer((request, response) => {
      const { 'content-type': type, 'idempotency-key': key } = request.headers;
      void text(request).then((content) => {
        seen.push({ type, key, content });
        response.end('{"id":"7"}');
      });
    });
    expect(await server.client.write(aWrite({ body: null }))).toMatchObject({ kind: 'done' });
    expect(seen).toEqual([{ type: undefined, key: 'derived-key', content: '' }]);
  });

  it.each([200, 201, 202])(
    'that is answered with %i and a body as documented took effect',
    async (status) => {
      await using server = await startScriptedServer(answering(status));
      expect(await server.client.write(aWrite())).toEqual({ kind: 'done', answer: { id: '7' } });
      expect(server.client.health.judge()).toBe('UP');
    },
  );

  it.each([
    [400, { kind: 'refused', status: 400 }, 'UP'],
    [404, { kind: 'refused', status: 404 }, 'UP'],
    [422, { kind: 'refused', status: 422 }, 'UP'],
    [401, { kind: 'unauthorized', status: 401 }, 'DOWN'],
    [403, { kind: 'unauthorized', status: 403 }, 'DOWN'],
    [409, { kind: 'unclear', answer: 'conflict' }, 'UP'],
    [429, { kind: 'rate-limited' }, 'DOWN'],
    [307, FAILURE, 'DOWN'],
    [408, FAILURE, 'DOWN'],
    [500, FAILURE, 'DOWN'],
    [503, FAILURE, 'DOWN'],
  ])('that is answered with %i is judged by that alone', async (status, attempt, health) => {
    await using server = await startScriptedServer(answering(status, '{"message":"no"}'));
    expect(await server.client.write(aWrite())).toEqual(attempt);
    expect(server.client.health.judge()).toBe(health);
    expect(server.requests).toHaveLength(1);
  });

  it.each([200, 401, 404, 409, 502])('that a web page answers with %i says nothing sure', async (status) => {
    await using server = await startScriptedServer(answering(status, '<html>', 'text/html; charset=utf-8'));
    expect(await server.client.write(aWrite())).toEqual(FAILURE);
  });

  it.each<[string, Script]>([
    ['no body', answering(200, '')],
    ['no content', answering(204)],
    ['a body that is not JSON', answering(200, `{${CANARY}`)],
    ['half of a body', answering(201, '{"id":')],
    ['a body that is not as documented', answering(200, '{"name":"7"}')],
    ['a list in place of an object', answering(200, '"7"')],
    [
      'an encoding that was not asked for',
      (_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('{"id":"7"}'),
    ],
    [
      'a broken gzip body',
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"id":"7"}'),
    ],
  ])('that is answered with a success and %s says nothing sure', async (_, script) => {
    await using server = await startScriptedServer(script);
    expect(await server.client.write(aWrite())).toEqual(FAILURE);
    expect(server.client.health.judge()).toBe('DOWN');
  });

  it('counts by its status although the body of a refusal never ends', async () => {
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).write('{');
    }, 500);
    expect(await server.client.write(aWrite())).toEqual({ kind: 'refused', status: 400 });
  });

  it.each<[string, Script]>([
    ['before the answer', (request) => request.socket.resetAndDestroy()],
    ['with an orderly end before the answer', (request) => request.socket.end()],
    [
      'in the middle of the answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"id":', () => request.socket.resetAndDestroy());
      },
    ],
    [
      'in the middle of an answer of unknown length',
      (request, response) => {
        response.writeHead(200).write('{"id":"7"}', () => request.socket.destroy());
      },
    ],
    [
      'in the middle of a gzip answer',
      (request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.write(gzipSync('{"id":"7"}').subarray(0, 15), () => request.socket.destroy());
      },
    ],
    ['in something that is not HTTP', (request) => request.socket.end(`${CANARY}\r\n\r\n`)],
  ])('whose connection breaks %s says nothing sure, and is not repeated', async (_, script) => {
    await using server = await startScriptedServer(script);
    const attempt = await server.client.write(aWrite());
    expect(attempt).toMatchObject({ kind: 'unclear' });
    expect(attempt).not.toMatchObject({ answer: 'conflict' });
    expect(server.client.health.judge()).toBe('DOWN');
    expect(server.requests).toHaveLength(1);
  });

  it('whose connection breaks before anything was read says nothing sure', async () => {
    let connections = 0;
    const server = createServer((socket: Socket) => {
      connections += 1;
      socket.once('readable', () => socket.resetAndDestroy());
    });
    const port = await listen(server);
    const client = clientTo(`http://127.0.0.1:${port}`);
    expect(await client.write(aWrite())).toEqual(NO_ANSWER);
    expect(connections).toBe(1);
    await client.close();
    server.close();
  });

  it('is not sent where the connection is refused', async () => {
    const unused = createServer();
    const port = await listen(unused);
    unused.close();
    await once(unused, 'close');
    const client = clientTo(`http://127.0.0.1:${port}`);
    expect(await client.write(aWrite())).toEqual({ kind: 'not-sent' });
    expect(client.health.judge()).toBe('DOWN');
    await client.close();
  });

  it('is not sent where the host is unknown', async () => {
    const client = clientTo(`http://${CANARY}.invalid`);
    expect(await client.write(aWrite())).toEqual({ kind: 'not-sent' });
    await client.close();
  });

  it.each<[string, Script]>([
    ['nothing comes', () => undefined],
    ['no body comes', (_request, response) => response.writeHead(200).flushHeaders()],
    ['half of a body comes', (_request, response) => response.writeHead(200).write('{"id":')],
  ])('says nothing sure where %s in time', async (_, script) => {
    await using server = await startScriptedServer(script, 300);
    expect(await server.client.write(aWrite())).toEqual(NO_ANSWER);
    expect(server.client.health.judge()).toBe('DOWN');
    expect(server.requests).toHaveLength(1);
  });

  it('says nothing sure where its own time is over before that of an attempt', async () => {
    await using server = await startScriptedServer(() => undefined);
    expect(await server.client.write(aWrite({ signal: AbortSignal.timeout(100) }))).toEqual(NO_ANSWER);
    expect(server.requests).toHaveLength(1);
  });

  it('is not sent where its time is over before', async () => {
    await using server = await startScriptedServer(answering(200));
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    expect(await server.client.write(aWrite({ signal }))).toEqual({ kind: 'not-sent' });
    expect(server.requests).toEqual([]);
    expect(server.client.health.isOlderThan(60_000)).toBe(true);
  });

  it('throws for a fault of the gateway, which the upstream is not blamed for', async () => {
    await using server = await startScriptedServer(answering(200));
    await expect(server.client.write(aWrite({ path: '/a\r\nb' }))).rejects.toThrow('invalid request path');
    expect(server.requests).toEqual([]);
    expect(server.client.health.isOlderThan(60_000)).toBe(true);
  });

  it('uses a connection again, also after a failure', async () => {
    await using server = await startScriptedServer((request, response) => {
      response.statusCode = request.url?.endsWith('bad') === true ? 503 : 200;
      response.end('{"id":"7"}');
    });
    const paths = Array.from({ length: 20 }, () => ['/good', '/bad']).flat();
    for (const path of paths) await server.client.write(aWrite({ path }));
    expect(server.requests).toHaveLength(40);
    // The end of one answer can cross the start of the next request.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });
});

function clientTo(baseUrl: string): UpstreamClient {
  return new UpstreamClient({ provider: 'MAPLE', baseUrl, token: TOKEN, timeoutMs: 5000 });
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the server listens on no TCP port');
  return address.port;
}
