import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { EXAMPLE_QUERIES } from '../../src/server/graphiql/example-queries.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { openLoadClient, type LoadAnswer, type LoadClient } from '../support/load-client.ts';
import { pinToOneProcessor, processorMs, TELLS_PROCESSOR_TIME } from '../support/processor-time.ts';
import { rawPost } from '../support/raw-connection.ts';
import { startReplayingUpstream, type ReplayingUpstream } from '../support/replaying-upstream.ts';

/** Enough to keep one process busy all the time. */
const SUSTAINED = 32;
const CONNECTIONS = 900;
const TIMES_TOO_MUCH = 10;
const [WARM_UP_MS, PHASE_MS, ROUNDS] = [4000, 1200, 3];
const WINDOW_MS = 100;
const SHED_WITHIN_MS = 50;
const MIN_GOODPUT = 0.9;

/** What became of one phase. */
interface Phase {
  readonly answers: readonly LoadAnswer[];
  readonly tookMs: number;
  readonly gatewayMs: number;
}

describe.skipIf(!TELLS_PROCESSOR_TIME)('a gateway that is asked for ten times what it can do (needs /proc)', () => {
  let sandboxes: readonly [SandboxServer, MapleSandbox];
  let upstreams: readonly [ReplayingUpstream, ReplayingUpstream];
  let gateway: GatewayProcess;
  let client: LoadClient;
  let expected: string;
  const sustained: Phase[] = [];
  const overload: Phase[] = [];
  const probes: { readonly status: number; readonly tookMs: number }[] = [];

  beforeAll(async () => {
    const [metronome, maple] = [await startMetronomeSandbox(), await startMapleSandbox()];
    sandboxes = [metronome, maple];
    upstreams = [await startReplayingUpstream(metronome.url), await startReplayingUpstream(maple.url)];
    gateway = await startGatewayProcess({
      PORT: '0',
      LOG_LEVEL: 'warn',
      METRONOME_API_URL: upstreams[0].url,
      METRONOME_API_TOKEN: metronome.token,
      MAPLE_API_URL: upstreams[1].url,
      MAPLE_API_TOKEN: maple.token,
      MAPLE_COMPANY_ID: maple.companyId,
      RATE_LIMIT_PER_MINUTE: '0',
    });
    pinToOneProcessor(gateway.pid);
    const [{ query }] = EXAMPLE_QUERIES;
    const { head, body } = rawPost(JSON.stringify({ query }));
    client = await openLoadClient(gateway.url, head + body, CONNECTIONS);
    expected = (await client.ask()).body;
    await askInTurn(WARM_UP_MS);
    for (let round = 0; round < ROUNDS; round += 1) {
      sustained.push(await askInTurn(PHASE_MS));
      const perMs = TIMES_TOO_MUCH * goodRate(sustained.at(-1));
      overload.push(await withProbes(() => askAtRate(perMs, PHASE_MS)));
    }
  }, 60_000);
  afterAll(async () => {
    client.close();
    await gateway.kill();
    await Promise.all([...upstreams, ...sandboxes].map((each) => each.close()));
  });

  /** As many clients as keep it busy, each of which waits for its answer before it asks again. */
  function askInTurn(forMs: number): Promise<Phase> {
    return phase(async (answers) => {
      const endsAtMs = performance.now() + forMs;
      const clients = Array.from({ length: SUSTAINED }, async () => {
        while (performance.now() < endsAtMs) answers.push(await client.ask());
      });
      await Promise.all(clients);
    });
  }

  /** At a rate, whatever comes of it, as far as there are connections. */
  function askAtRate(perMs: number, forMs: number): Promise<Phase> {
    return phase(async (answers) => {
      const beganAtMs = performance.now();
      const asked: Promise<unknown>[] = [];
      for (let now = beganAtMs; now < beganAtMs + forMs; now = performance.now()) {
        const due = Math.floor((now - beganAtMs) * perMs) - asked.length;
        for (let at = Math.min(due, client.idle()); at > 0; at -= 1)
          asked.push(client.ask().then((answer) => answers.push(answer)));
        await sleep(1);
      }
      await Promise.all(asked);
    });
  }

  async function phase(ask: (answers: LoadAnswer[]) => Promise<unknown>): Promise<Phase> {
    const answers: LoadAnswer[] = [];
    const [beganAtMs, gatewayBeforeMs] = [performance.now(), processorMs(gateway.pid)];
    await ask(answers);
    const gatewayMs = processorMs(gateway.pid) - gatewayBeforeMs;
    return { answers, tookMs: performance.now() - beganAtMs, gatewayMs };
  }

  async function withProbes(run: () => Promise<Phase>): Promise<Phase> {
    const over = new AbortController();
    const probing = (async () => {
      while (!over.signal.aborted) {
        const askedAtMs = performance.now();
        const { status } = await fetch(new URL('/readyz', gateway.url));
        probes.push({ status, tookMs: performance.now() - askedAtMs });
        await sleep(WINDOW_MS);
      }
    })();
    const done = await run();
    over.abort();
    await probing;
    return done;
  }

  it('answers each request, well or with 503', () => {
    const answers = overload.flatMap((phase) => phase.answers);
    for (const { status, body } of answers.filter((answer) => answer.status !== 503))
      expect({ status, body }).toEqual({ status: 200, body: expected });
    const shed = answers.filter(({ status }) => status === 503);
    expect(shed.length).toBeGreaterThan(answers.length / 2);
    expect(new Set(shed.map(({ body }) => body))).toEqual(
      new Set([
        '{"errors":[{"message":"The gateway has too much to do: try again later.","extensions":{"code":"OVERLOADED"}}]}',
      ]),
    );
  });

  /** By the processor's time that it got, so that it makes no difference what else the machine does. */
  it('answers well at nine tenths of the rate that is its best', () => {
    const [best, worst] = [mean(sustained.map(goodputOf)), mean(overload.map(goodputOf))];
    console.log({ best, overload: overload.map(goodputOf), sust: sustained.map(goodputOf), shares: [...sustained,...overload].map(p=>p.gatewayMs/p.tookMs), rates: overload.map(p=>p.answers.length/p.tookMs/goodRate(sustained[0])), took: overload.map(p=>p.tookMs) });
    expect(worst).toBeGreaterThan(MIN_GOODPUT * best);
  });

  it('turns away within fifty milliseconds', () => {
    const shed = overload.flatMap(({ answers }) => answers.filter(({ status }) => status === 503));
    console.log({ n: shed.length, p50: quantile(shed.map(s=>s.provenMs), .5), p99: quantile(shed.map(s=>s.provenMs), .99), raw99: quantile(shed.map(s=>s.tookMs), .99), w: quantile(windowsOf(shed).map(w=>quantile(w,.99)),.5), wmax: quantile(windowsOf(shed).map(w=>quantile(w,.99)),1), okp50: quantile(overload[0]!.answers.filter(a=>a.status===200).map(a=>a.tookMs),.5) });
    expect(quantile(shed.map(({ provenMs }) => provenMs), 0.5)).toBeLessThan(SHED_WITHIN_MS);
    const slowest = windowsOf(shed).map((window) => quantile(window, 0.99));
    expect(quantile(slowest, 0.5)).toBeLessThan(SHED_WITHIN_MS);
  });

  it('answers probes', () => {
    expect(probes.length).toBeGreaterThan(ROUNDS);
    expect(probes.filter(({ status }) => status !== 200)).toEqual([]);
    expect(quantile(probes.map(({ tookMs }) => tookMs), 0.5)).toBeLessThan(1000);
  });
});

/** Good answers in a millisecond. */
function goodRate(phase: Phase | undefined): number {
  return phase === undefined ? 0 : goodOnes(phase) / phase.tookMs;
}

/** Good answers in a second of the gateway's own time. */
function goodputOf(phase: Phase): number {
  return (1000 * goodOnes(phase)) / phase.gatewayMs;
}

function goodOnes({ answers }: Phase): number {
  return answers.filter(({ status }) => status === 200).length;
}

/** How long answers took in each tenth of a second: other programs may keep the gateway waiting in some of them. */
function windowsOf(answers: readonly LoadAnswer[]): number[][] {
  const windows = Map.groupBy(answers, ({ sentAtMs }) => Math.floor(sentAtMs / WINDOW_MS));
  return [...windows.values()].map((window) => window.map(({ provenMs }) => provenMs));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b).at(Math.min(values.length - 1, Math.floor(values.length * share))) ?? 0;
}
