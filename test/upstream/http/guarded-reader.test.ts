import { describe, expect, it } from 'vitest';
import { startGuardedServer } from './guarded-server.ts';
import { aRead, failureOf, type Script } from './scripted-server.ts';

const LONG_MS = 60_000;

function answering(status: number, headers: Record<string, string> = {}, body = '{}'): Script {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

/** Plays the scripts one after another, then the last one again and again. */
function inTurn(...scripts: readonly Script[]): Script {
  let at = 0;
  return (request, response) => {
    scripts[Math.min(at, scripts.length - 1)]?.(request, response);
    at += 1;
  };
}

const reset: Script = (request) => request.socket.resetAndDestroy();
const cutShort: Script = (request, response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"a":', () => request.socket.resetAndDestroy());
};
const hang: Script = () => undefined;

describe('a guarded reader tries again', () => {
  it.each<readonly [string, Script, string]>([
    ['a status 429', answering(429), 'UPSTREAM_RATE_LIMITED'],
    ['a status 500', answering(500), 'UPSTREAM_UNAVAILABLE'],
    ['a status 502', answering(502), 'UPSTREAM_UNAVAILABLE'],
    ['a status 503', answering(503), 'UPSTREAM_UNAVAILABLE'],
    ['a status 504', answering(504), 'UPSTREAM_UNAVAILABLE'],
    ['a reset', reset, 'UPSTREAM_UNAVAILABLE'],
    ['a body that is cut short', cutShort, 'UPSTREAM_UNAVAILABLE'],
    ['no answer', hang, 'UPSTREAM_TIMEOUT'],
  ])('after %s, three times in all', async (_what, fault, code) => {
    await using twice = await startGuardedServer(inTurn(fault, fault, answering(200)), { timeoutMs: 100 });
    expect(await twice.reader.read(twice.readWithin(LONG_MS))).toEqual({});
    await using ever = await startGuardedServer(fault, { timeoutMs: 100 });
    expect((await failureOf(ever.reader.read(ever.readWithin(LONG_MS)))).code).toBe(code);
    expect(ever.server.requests).toHaveLength(3);
    expect(ever.reader.status.retries).toBe(2);
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 200, 204, 302])('not after a status %i', async (status) => {
    await using guarded = await startGuardedServer(answering(status, {}, status === 204 ? '' : '<'));
    const reading = guarded.reader.read(guarded.readWithin(LONG_MS));
    await (status === 404 ? reading : failureOf(reading));
    expect(guarded.server.requests).toHaveLength(1);
  });

  it('with POST and its body', async () => {
    const bodies: string[] = [];
    await using guarded = await startGuardedServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => {
        bodies.push(`${request.method} ${chunk}`);
        response.writeHead(bodies.length < 3 ? 503 : 200).end('{}');
      });
    });
    await guarded.reader.read(guarded.readWithin(LONG_MS, { method: 'POST', body: { find: 'it' } }));
    expect(bodies).toEqual(Array.from({ length: 3 }, () => 'POST {"find":"it"}'));
  });

  it('after pauses of any length up to a bound that grows', async () => {
    const pauses: (readonly number[])[] = [];
    for (const share of [0, 0.5, 0.999]) {
      await using guarded = await startGuardedServer(answering(503), { random: () => share });
      await failureOf(guarded.reader.read(guarded.readWithin(LONG_MS)));
      pauses.push(guarded.pausesMs);
    }
    expect(pauses).toEqual([
      [0, 0],
      [50, 200],
      [99.9, 399.6],
    ]);
  });

  it('only where a whole try ends within the request, and half its time is left', async () => {
    await using guarded = await startGuardedServer(answering(503), { timeoutMs: 1000 });
    for (const withinMs of [1549, 1550, 1749, 1750])
      await failureOf(guarded.reader.read(guarded.readWithin(withinMs)));
    expect(guarded.server.requests).toHaveLength(1 + 2 + 2 + 3);
    expect(guarded.pausesMs).toEqual([50, 50, 50, 200]);
  });

  it('never where the read does not say when its request ends', async () => {
    await using guarded = await startGuardedServer(answering(503));
    await failureOf(guarded.reader.read(aRead()));
    expect(guarded.server.requests).toHaveLength(1);
  });

  it('no error of the gateway itself', async () => {
    await using guarded = await startGuardedServer(answering(200));
    const read = guarded.readWithin(LONG_MS, { path: '/a\r\nb' });
    await expect(guarded.reader.read(read)).rejects.not.toMatchObject({ provider: 'MAPLE' });
    expect(guarded.reader.status).toMatchObject({ running: 0, retries: 0 });
  });
});

describe('a guarded reader is told when to come back', () => {
  it.each([429, 503])('and waits that long after a status %i', async (status) => {
    await using guarded = await startGuardedServer(
      inTurn(answering(status, { 'retry-after': '2' }), answering(200)),
    );
    await guarded.reader.read(guarded.readWithin(LONG_MS));
    expect(guarded.pausesMs).toEqual([2050]);
  });

  it('and gives up at once where that is later than the request allows', async () => {
    await using guarded = await startGuardedServer(answering(429, { 'retry-after': '14' }));
    expect((await failureOf(guarded.reader.read(guarded.readWithin(15_000)))).code).toBe(
      'UPSTREAM_RATE_LIMITED',
    );
    expect(guarded.server.requests).toHaveLength(1);
    expect(guarded.pausesMs).toEqual([]);
  });
});

describe('the retries of a guarded reader', () => {
  it('are a fifth of the calls and ten at most, however many fail', async () => {
    await using guarded = await startGuardedServer(answering(503), { breakMs: 0 });
    const read = async (): Promise<void> => {
      for (let call = 0; call < 50; call += 1)
        await failureOf(guarded.reader.read(guarded.readWithin(LONG_MS)));
    };
    await Promise.all(Array.from({ length: 20 }, read));
    expect(guarded.server.requests.length).toBeLessThanOrEqual(1.2 * 1000 + 10);
    expect(guarded.server.requests.length).toBeGreaterThan(1.2 * 1000);
  });

  it('make the answers of an upstream complete that fails every second call', async () => {
    let calls = 0;
    await using guarded = await startGuardedServer((request, response) => {
      calls += 1;
      answering(calls % 2 === 0 ? 200 : 503)(request, response);
    });
    for (let read = 0; read < 10; read += 1)
      expect(await guarded.reader.read(guarded.readWithin(LONG_MS))).toEqual({});
    expect(guarded.server.requests).toHaveLength(20);
  });
});
