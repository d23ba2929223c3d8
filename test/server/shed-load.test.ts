import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { createLogLines } from '../support/log-lines.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Of another length each, so that no read serves two of them. */
const customers = (first: number): string =>
  `{ customers(first: ${first}, filter: { providers: [METRONOME] }) { nodes { id } } }`;

describe('a gateway with as much to do as it may have', () => {
  let gateway: TestGateway;
  const faults = createFaultSwitch();
  const log = createLogLines();
  beforeAll(async () => {
    gateway = await startTestGateway({
      metronome: { onRequest: faults.onRequest },
      env: { MAX_IN_FLIGHT: '2' },
      logger: log.logger,
    });
  });
  afterEach(() => faults.turnOff());
  afterAll(() => gateway.stop());

  const post = (query: string, signal: AbortSignal | null = null): Promise<Response> =>
    fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal,
    });

  it('turns the next request away at once, and takes one again as soon as another is over', async () => {
    faults.turnOn({ kind: 'hang' });
    const leaving = new AbortController();
    const running = [1, 2].map((first) => post(customers(first), leaving.signal).catch(() => null));
    await expect.poll(() => gateway.metronome.requests.length).toBe(2);
    const tookMs: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const askedAtMs = performance.now();
      const response = await post(customers(1));
      tookMs.push(performance.now() - askedAtMs);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toEqual({
        errors: [
          { message: 'The gateway has too much to do: try again later.', extensions: { code: 'OVERLOADED' } },
        ],
      });
    }
    // Not each, since others may use the machine too.
    expect(tookMs.toSorted((a, b) => a - b)[tookMs.length / 2]).toBeLessThan(50);
    expect(gateway.metronome.requests).toHaveLength(2);
    leaving.abort();
    await Promise.all(running);
    faults.turnOff();
    await expect.poll(async () => (await post('{ __typename }')).status).toBe(200);
  });

  it('still answers probes and scrapes, in which those that were turned away are counted', async () => {
    faults.turnOn({ kind: 'hang' });
    const leaving = new AbortController();
    const before = gateway.metronome.requests.length;
    const running = [1, 2].map((first) => post(customers(first), leaving.signal).catch(() => null));
    await expect.poll(() => gateway.metronome.requests.length).toBe(before + 2);
    for (const path of ['/livez', '/readyz', '/readyz?full']) {
      expect((await fetch(new URL(path, gateway.url))).status).toBe(200);
    }
    const metrics = await (await fetch(new URL('/metrics', gateway.url))).text();
    expect(metrics).toMatch(/gateway_http_requests_total\{[^}]*status="503"[^}]*\} 2\d/);
    expect(metrics).toMatch(/gateway_errors_total\{[^}]*code="OVERLOADED"[^}]*\} 2\d/);
    leaving.abort();
    await Promise.all(running);
  });

  it('says so once, and not of each request', () => {
    expect(log.saying('too much to do: requests are turned away')).toEqual([
      { level: 40, turnedAway: 1, inFlight: 2 },
    ]);
  });
});

describe('a gateway with many requests at once', () => {
  it('answers them all', async () => {
    const gateway = await startTestGateway();
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => gateway.answer('{ customers(first: 1) { nodes { id } } }')),
    );
    expect(answers.filter(({ errors }) => errors !== undefined)).toEqual([]);
    await gateway.stop();
  });
});
