import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  UpstreamInvalidResponseError,
  UpstreamRateLimitedError,
  UpstreamRejectedError,
  UpstreamUnauthorizedError,
  UpstreamUnavailableError,
} from '../../../src/errors/upstream-error.ts';
import { CANARY, aRead, failureOf, startScriptedServer, type Script } from './scripted-server.ts';

function answering(status: number, headers: Record<string, string> = {}): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(status === 204 || status === 304 ? undefined : `{"message":"${CANARY}"}`);
  };
}

describe('the status of an answer', () => {
  it.each([
    [400, UpstreamRejectedError, 'UPSTREAM_REJECTED', 'UP'],
    [401, UpstreamUnauthorizedError, 'UPSTREAM_UNAUTHORIZED', 'DOWN'],
    [403, UpstreamUnauthorizedError, 'UPSTREAM_UNAUTHORIZED', 'DOWN'],
    [409, UpstreamRejectedError, 'UPSTREAM_REJECTED', 'UP'],
    [422, UpstreamRejectedError, 'UPSTREAM_REJECTED', 'UP'],
    [429, UpstreamRateLimitedError, 'UPSTREAM_RATE_LIMITED', 'DOWN'],
    [500, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', 'DOWN'],
    [503, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', 'DOWN'],
    [204, UpstreamInvalidResponseError, 'UPSTREAM_INVALID_RESPONSE', 'DOWN'],
    [206, UpstreamInvalidResponseError, 'UPSTREAM_INVALID_RESPONSE', 'DOWN'],
    [304, UpstreamInvalidResponseError, 'UPSTREAM_INVALID_RESPONSE', 'DOWN'],
  ] as const)('makes %i its own failure', async (status, type, code, health) => {
    await using server = await startScriptedServer(answering(status));
    const failure = await failureOf(server.client.read(aRead()));
    expect(failure).toBeInstanceOf(type);
    expect(failure.code).toBe(code);
    expect(server.client.health.judge()).toBe(health);
    expect(server.requests).toHaveLength(1);
  });

  it('keeps the status of a refusal', async () => {
    await using server = await startScriptedServer(answering(409));
    expect(await failureOf(server.client.read(aRead()))).toMatchObject({ status: 409, retryable: false });
  });

  it('makes 404 null, which is an answer', async () => {
    await using server = await startScriptedServer(answering(404));
    expect(await server.client.read(aRead())).toBeNull();
    expect(server.client.health.judge()).toBe('UP');
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with %i', async (status) => {
    let visits = 0;
    const elsewhere = createServer((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const address = elsewhere.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await using server = await startScriptedServer(
      answering(status, { location: `http://127.0.0.1:${port}/` }),
    );
    const failure = await failureOf(server.client.read(aRead()));
    expect(failure.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(visits).toBe(0);
    elsewhere.close();
    await once(elsewhere, 'close');
  });

  it.each([
    [503, 'UPSTREAM_UNAVAILABLE'],
    [429, 'UPSTREAM_RATE_LIMITED'],
    [401, 'UPSTREAM_UNAUTHORIZED'],
  ])('counts although the body of the %i never ends', async (status, code) => {
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(status).write(CANARY);
    }, 500);
    expect((await failureOf(server.client.read(aRead()))).code).toBe(code);
  });

  it('counts although the connection breaks in the body of the answer', async () => {
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(404, { 'content-length': '100' }).write('x', () => response.destroy());
    });
    expect(await server.client.read(aRead())).toBeNull();
  });

  it('counts although the body of the failure is endless, which is not read on', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await startScriptedServer((_request, response) => {
      const chunk = Buffer.alloc(65_536, CANARY);
      response.writeHead(500);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      response.on('close', closed.resolve);
      more();
    }, 10_000);
    const begun = performance.now();
    expect((await failureOf(server.client.read(aRead()))).code).toBe('UPSTREAM_UNAVAILABLE');
    await closed.promise;
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('an answer whose body nobody wants', () => {
  it('is given at once, and holds its connection no longer than a call may take', async () => {
    let ended = 0;
    await using server = await startScriptedServer((_request, response) => {
      response.once('close', () => {
        ended += 1;
      });
      response.writeHead(503).write('{');
    }, 200);
    const failures = await Promise.all([1, 2, 3].map(() => failureOf(server.client.read(aRead()))));
    expect(failures.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'UPSTREAM_UNAVAILABLE'));
    await expect.poll(() => ended).toBe(3);
  });
});
