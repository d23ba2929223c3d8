import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createEventCounter } from '../../support/event-counter.ts';
import { startGuardedServer, type GuardedServer } from './guarded-server.ts';
import { failureOf, type Script } from './scripted-server.ts';

const LONG_MS = 60_000;
const BREAK_MS = 5000;

const answering =
  (status: number): Script =>
  (_request, response) =>
    void response.writeHead(status).end('{}');

/** A server that fails, or works, as the test says. */
function switched() {
  const state = { script: answering(503) };
  const script: Script = (request, response) => state.script(request, response);
  return { state, script };
}

async function fail(guarded: GuardedServer, reads: number): Promise<void> {
  for (let read = 0; read < reads; read += 1) await failureOf(guarded.reader.read(guarded.readWithin(0)));
}

describe('the breaker of a guarded reader', () => {
  it('lets nothing be sent while an upstream is down, and everything soon after it is up again', async () => {
    const { state, script } = switched();
    await using guarded = await startGuardedServer(script);
    await fail(guarded, 20);
    expect(guarded.reader.health.judge()).toBe('DOWN');
    const failure = await failureOf(guarded.reader.read(guarded.readWithin(LONG_MS)));
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(failure.message).toContain('is not called for a moment');
    expect(guarded.server.requests).toHaveLength(20);
    expect(guarded.reader.status).toMatchObject({ breaker: 'open', refused: { breaker: 1, queue: 0 } });

    state.script = answering(200);
    guarded.passTime(BREAK_MS);
    expect(guarded.reader.health.isOlderThan(60_000)).toBe(true);
    expect(await guarded.reader.read(guarded.readWithin(0))).toEqual({});
    expect(guarded.reader.status.breaker).toBe('closed');
    expect(guarded.reader.health.judge()).toBe('DEGRADED');
    expect(guarded.reader.health.isOlderThan(60_000)).toBe(false);
    const reads = Array.from({ length: 50 }, () => guarded.reader.read(guarded.readWithin(0)));
    expect(await Promise.all(reads)).toHaveLength(50);
  });

  it('lets one read probe, and refuses all others meanwhile', async () => {
    const { state, script } = switched();
    await using guarded = await startGuardedServer(script);
    await fail(guarded, 20);
    guarded.passTime(BREAK_MS);
    const events = createEventCounter<'arrived'>();
    const answer = Promise.withResolvers<void>();
    state.script = (request, response) => {
      events.happened('arrived');
      void answer.promise.then(() => answering(200)(request, response));
    };
    const probe = guarded.reader.read(guarded.readWithin(0));
    await events.reached('arrived', 1);
    await Promise.all(Array.from({ length: 50 }, () => fail(guarded, 1)));
    expect(guarded.reader.status).toMatchObject({ breaker: 'half-open', refused: { breaker: 50 } });
    answer.resolve();
    expect(await probe).toEqual({});
    expect(guarded.server.requests).toHaveLength(21);
  });

  it.each([400, 401, 403, 404, 409, 429, 302])('is not opened by a status %i', async (status) => {
    await using guarded = await startGuardedServer(answering(status));
    for (let read = 0; read < 30; read += 1)
      await guarded.reader.read(guarded.readWithin(0)).catch(() => undefined);
    expect(guarded.server.requests).toHaveLength(30);
    expect(guarded.reader.status.breaker).toBe('closed');
  });

  it.each<readonly [string, Script]>([
    ['resets', (request) => request.socket.resetAndDestroy()],
    ['silence', () => undefined],
  ])('is opened by %s', async (_what, script) => {
    await using guarded = await startGuardedServer(script, {
      timeoutMs: 50,
      limits: { running: 20, waiting: 0 },
    });
    await Promise.all(Array.from({ length: 20 }, () => fail(guarded, 1)));
    expect(guarded.reader.status.breaker).toBe('open');
  });

  it('is not opened by clients that go away', async () => {
    await using guarded = await startGuardedServer(() => undefined);
    for (let read = 0; read < 30; read += 1) {
      const leaving = new AbortController();
      const reading = failureOf(guarded.reader.read(guarded.readWithin(0, { signal: leaving.signal })));
      leaving.abort();
      await reading;
    }
    expect(guarded.reader.status).toMatchObject({ breaker: 'closed', running: 0 });
  });

  it('ends tries again as well, whose failure is told then', async () => {
    await using guarded = await startGuardedServer(answering(503));
    await fail(guarded, 19);
    const failure = await failureOf(guarded.reader.read(guarded.readWithin(LONG_MS)));
    expect(failure.message).toContain('503');
    expect(guarded.server.requests).toHaveLength(20);
  });

  it('refuses those that were waiting for their turn when it opened', async () => {
    await using guarded = await startGuardedServer(() => undefined, {
      timeoutMs: 100,
      limits: { running: 20, waiting: 500 },
    });
    const failures = await Promise.all(
      Array.from({ length: 300 }, () => failureOf(guarded.reader.read(guarded.readWithin(0)))),
    );
    const sent = failures.filter(({ code }) => code === 'UPSTREAM_TIMEOUT').length;
    // Each of the first nineteen that fail lets another one begin.
    expect(sent).toBeGreaterThanOrEqual(20);
    expect(sent).toBeLessThanOrEqual(20 + 19);
    expect(guarded.server.requests.length).toBeLessThanOrEqual(sent);
    expect(failures.filter(({ code }) => code === 'UPSTREAM_UNAVAILABLE')).toHaveLength(300 - sent);
    expect(guarded.reader.status).toMatchObject({ running: 0, waiting: 0 });
  });
});

describe('the line of a guarded reader', () => {
  it('is not joined while the breaker is open', async () => {
    const events = createEventCounter<'arrived'>();
    await using guarded = await startGuardedServer(() => events.happened('arrived'), {
      limits: { running: 1, waiting: 10 },
      timeoutMs: 1000,
    });
    const hanging = failureOf(guarded.reader.read(guarded.readWithin(0)));
    await events.reached('arrived', 1);
    for (let call = 0; call < 20; call += 1)
      guarded.breaker.report(guarded.breaker.enter() ?? Number.NaN, 'failed');
    await fail(guarded, 1);
    expect(guarded.reader.status).toMatchObject({ running: 1, waiting: 0, refused: { breaker: 1 } });
    await hanging;
  });

  it('is left without another try where it has taken the time for one', async () => {
    const events = createEventCounter<'arrived'>();
    const held: (() => void)[] = [];
    let other: Promise<unknown> = Promise.resolve();
    await using guarded = await startGuardedServer(
      (request, response) => {
        events.happened('arrived');
        if (events.count('arrived') === 1) answering(503)(request, response);
        else held.push(() => answering(200)(request, response));
      },
      {
        limits: { running: 1, waiting: 10 },
        pause: () => {
          other = guarded.reader.read(guarded.readWithin(0));
          return events.reached('arrived', 2);
        },
      },
    );
    const reading = failureOf(guarded.reader.read(guarded.readWithin(LONG_MS)));
    await events.reached('arrived', 2);
    while (guarded.reader.status.waiting === 0) await turnOfTheLoop();
    guarded.passTime(LONG_MS);
    for (const answer of held) answer();
    expect((await reading).message).toContain('503');
    expect(await other).toEqual({});
    expect(guarded.server.requests).toHaveLength(2);
  });

  it('bounds what is sent at once and what waits, and refuses the rest at once', async () => {
    let open = 0;
    let most = 0;
    await using guarded = await startGuardedServer(
      (_request, response) => {
        most = Math.max(most, (open += 1));
        setImmediate(() => {
          open -= 1;
          response.end('{}');
        });
      },
      { limits: { running: 4, waiting: 10 } },
    );
    const reads = await Promise.allSettled(
      Array.from({ length: 20 }, () => guarded.reader.read(guarded.readWithin(LONG_MS))),
    );
    expect(reads.filter(({ status }) => status === 'fulfilled')).toHaveLength(14);
    expect(most).toBeLessThanOrEqual(4);
    expect(guarded.server.requests).toHaveLength(14);
    const refused = reads.find((read) => read.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'Too many calls of the provider are waiting already.',
    });
    expect(guarded.reader.status.refused).toEqual({ breaker: 0, queue: 6 });
  });

  it.each([
    ['the client goes away', new Error('gone'), 'UPSTREAM_UNAVAILABLE'],
    ['its time is over', new DOMException('late', 'TimeoutError'), 'UPSTREAM_TIMEOUT'],
  ])('is left when %s, by a read that is never sent', async (_when, reason, code) => {
    const events = createEventCounter<'arrived'>();
    await using guarded = await startGuardedServer(() => events.happened('arrived'), {
      limits: { running: 1, waiting: 10 },
      timeoutMs: 300,
    });
    const first = failureOf(guarded.reader.read(guarded.readWithin(0)));
    const leaving = new AbortController();
    const { signal } = leaving;
    const waiting = failureOf(guarded.reader.read(guarded.readWithin(LONG_MS, { signal })));
    await events.reached('arrived', 1);
    expect(guarded.reader.status).toMatchObject({ running: 1, waiting: 1 });
    leaving.abort(reason);
    expect((await waiting).code).toBe(code);
    expect(guarded.reader.status).toMatchObject({ running: 1, waiting: 0 });
    await first;
    expect(guarded.server.requests).toHaveLength(1);
  });
});

describe('a guarded reader whose client goes away', () => {
  it('closes the connection, and does not try again', async () => {
    const events = createEventCounter<'arrived' | 'closed'>();
    await using guarded = await startGuardedServer((request) => {
      events.happened('arrived');
      request.socket.once('close', () => events.happened('closed'));
    });
    const leaving = new AbortController();
    const { signal } = leaving;
    const reading = failureOf(guarded.reader.read(guarded.readWithin(LONG_MS, { signal })));
    await events.reached('arrived', 1);
    leaving.abort();
    await reading;
    await events.reached('closed', 1);
    expect(guarded.pausesMs).toEqual([]);
    expect(guarded.reader.status).toMatchObject({ running: 0, waiting: 0, retries: 0 });
  });

  it('ends its pause at once, and does not try again', async () => {
    const events = createEventCounter<'pauses'>();
    await using guarded = await startGuardedServer(answering(503), {
      pause(_ms, signal) {
        events.happened('pauses');
        return sleep(LONG_MS, undefined, { signal });
      },
    });
    const leaving = new AbortController();
    const { signal } = leaving;
    const reading = failureOf(guarded.reader.read(guarded.readWithin(LONG_MS, { signal })));
    await events.reached('pauses', 1);
    expect(guarded.reader.status.running).toBe(0);
    leaving.abort();
    expect((await reading).message).toContain('503');
    expect(guarded.server.requests).toHaveLength(1);
  });
});
