import { afterEach, describe, expect, it } from 'vitest';
import { UpstreamClient } from '../../../src/upstream/http/upstream-client.ts';
import type { UpstreamObserver } from '../../../src/upstream/http/upstream-observer.ts';
import { aRead, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';

const { answer } = aRead();

/** What an observer was told, a line each. */
function createNotes(): { readonly notes: string[]; readonly observer: UpstreamObserver } {
  const notes: string[] = [];
  const observer: UpstreamObserver = {
    begin({ provider, operation }) {
      notes.push(`${provider} ${operation}`);
      return {
        headers: { traceparent: 'from-the-observer' },
        answered: (status) => void notes.push(`status ${status}`),
        end: (outcome) => void notes.push(outcome),
      };
    },
    batched: () => undefined,
  };
  return { notes, observer };
}

describe('what observes an upstream client', () => {
  let server: ScriptedServer | null = null;
  let client: UpstreamClient | null = null;
  afterEach(async () => {
    await client?.close();
    await server?.[Symbol.asyncDispose]();
  });

  /** A client to a scripted server, and what its observer hears. */
  async function observed(
    script: Script,
    timeoutMs = 5000,
  ): Promise<{ readonly notes: string[]; readonly client: UpstreamClient }> {
    const { notes, observer } = createNotes();
    server = await startScriptedServer(script);
    client = new UpstreamClient({
      provider: 'MAPLE',
      baseUrl: server.url,
      token: 'token',
      timeoutMs,
      observer,
    });
    return { notes, client };
  }

  const answering = (status: number, body = '{}') => {
    const script: Script = (_, response) => response.writeHead(status).end(body);
    return script;
  };

  it.each<readonly [string, Script, readonly string[]]>([
    ['an answer', answering(200), ['status 200', 'OK']],
    ['an unknown object', answering(404), ['status 404', 'NOT_FOUND']],
    ['a refused token', answering(401), ['status 401', 'UPSTREAM_UNAUTHORIZED']],
    ['a rate limit', answering(429), ['status 429', 'UPSTREAM_RATE_LIMITED']],
    ['a failure', answering(502), ['status 502', 'UPSTREAM_UNAVAILABLE']],
    ['a body that is no JSON', answering(200, '<'), ['status 200', 'UPSTREAM_INVALID_RESPONSE']],
    ['a reset', (request) => request.socket.resetAndDestroy(), ['UPSTREAM_UNAVAILABLE']],
  ])('hears of %s to a read', async (_title, script, heard) => {
    const { client: reading, notes } = await observed(script);
    await reading.read(aRead()).catch(() => undefined);
    expect(notes).toEqual(['MAPLE readThing', ...heard]);
  });

  it('hears of a read whose time is over', async () => {
    const { client: reading, notes } = await observed(() => undefined, 50);
    await reading.read(aRead()).catch(() => undefined);
    expect(notes).toEqual(['MAPLE readThing', 'UPSTREAM_TIMEOUT']);
  });

  it('hears of a read that nobody waits for any more', async () => {
    const leaving = new AbortController();
    const { client: reading, notes } = await observed(() => leaving.abort());
    await reading.read(aRead({ signal: leaving.signal })).catch(() => undefined);
    expect(notes).toEqual(['MAPLE readThing', 'CANCELLED']);
  });

  it.each<readonly [string, Script, readonly string[]]>([
    ['an answer', answering(200), ['status 200', 'OK']],
    ['a refusal', answering(400), ['status 400', 'UPSTREAM_REJECTED']],
    ['an unknown object', answering(404), ['status 404', 'NOT_FOUND']],
    ['a conflict', answering(409), ['status 409', 'UPSTREAM_REJECTED']],
    ['a failure', answering(500), ['status 500', 'UPSTREAM_UNAVAILABLE']],
    ['a success that cannot be read', answering(200, '<'), ['status 200', 'UPSTREAM_INVALID_RESPONSE']],
    ['a reset', (request) => request.socket.resetAndDestroy(), ['UPSTREAM_UNAVAILABLE']],
  ])('hears of %s to a write', async (_title, script, heard) => {
    const { client: writing, notes } = await observed(script);
    const { signal } = new AbortController();
    await writing.write({
      operation: 'makeThing',
      path: '/things',
      body: {},
      idempotencyKey: 'k',
      answer,
      signal,
    });
    expect(notes).toEqual(['MAPLE makeThing', ...heard]);
  });

  it('gives headers to send along, with reads and writes', async () => {
    const sent: unknown[] = [];
    const { client: asking } = await observed((request, response) => {
      sent.push(request.headers['traceparent'], request.headers['authorization']);
      response.writeHead(200).end('{}');
    });
    await asking.read(aRead());
    const { signal } = new AbortController();
    await asking.write({
      operation: 'makeThing',
      path: '/things',
      body: {},
      idempotencyKey: 'k',
      answer,
      signal,
    });
    expect(sent).toEqual(['from-the-observer', 'Bearer token', 'from-the-observer', 'Bearer token']);
  });
});
