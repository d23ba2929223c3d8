import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { openLoadClient, type LoadAnswer, type LoadClient } from '../support/load-client.ts';
import { pinToOneProcessor, processorMs, TELLS_PROCESSOR_TIME } from '../support/processor-time.ts';
import { rawPost } from '../support/raw-connection.ts';
import { startReplayingUpstream, type ReplayingUpstream } from '../support/replaying-upstream.ts';

/** A page of a list with a list in each row, as apps show it; since an instant that makes the reads its own. */
const QUERY = `query ($from: DateTime!) {
  customers(first: 10, filter: { providers: [METRONOME] }) {
    nodes { name invoices(first: 2, filter: { from: $from }) { nodes { status total { amount currency } } } }
  }
}`;
const FIRST_INSTANT = Date.parse('2000-01-01T00:00:00Z');
/** In the address of a read; before all data, so that it makes no difference to the answer. */
const INSTANT = /starting_on=200\d[^&]*/;
/** More than enough to keep one process busy all the time, and still usual. */
const SUSTAINED = 200;
const CONNECTIONS = 900;
const TIMES_TOO_MUCH = 10;
const [WARM_UP_MS, PHASE_MS, ROUNDS] = [2500, 1200, 2];
const WINDOW_MS = 100;
const SHED_WITHIN_MS = 50;
/** Of ninety-nine in a hundred in a tenth of a second, on a machine that does other things beside. */
const MOST_SHED_WITHIN_MS = 2 * SHED_WITHIN_MS;
/** Nine tenths where nothing else runs; what else the machine does changes what a request costs by as much again. */
const MIN_GOODPUT = 0.75;

/** What became of one phase. */
interface Phase {
  readonly answers: readonly LoadAnswer[];
  readonly tookMs: number;
  readonly gatewayMs: number;
}

describe.skipIf(!TELLS_PROCESSOR_TIME)(
  'a gateway that is asked for ten times what it can do (needs /proc)',
  () => {
    let sandboxes: readonly [SandboxServer, MapleSandbox];
    let upstreams: readonly [ReplayingUpstream, ReplayingUpstream];
    let gateway: GatewayProcess;
    let requests = 0;
    let expected: string;
    const sustained: Phase[] = [];
    const overload: Phase[] = [];
    const probes: { readonly status: number; readonly tookMs: number }[] = [];

    beforeAll(async () => {
      const [metronome, maple] = [await startMetronomeSandbox(), await startMapleSandbox()];
      sandboxes = [metronome, maple];
      upstreams = [
        await startReplayingUpstream(metronome.url, (url) => url.replace(INSTANT, '')),
        await startReplayingUpstream(maple.url),
      ];
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
      const warmUp = await askInTurn(WARM_UP_MS);
      expected = warmUp.answers.at(-1)?.body ?? '';
      sustained.push(await askInTurn(PHASE_MS));
      for (let round = 0; round < ROUNDS; round += 1) {
        const perMs = TIMES_TOO_MUCH * goodRate(sustained.at(-1));
        overload.push(await withProbes(() => askAtRate(perMs, PHASE_MS)));
        sustained.push(await askInTurn(PHASE_MS));
      }
    }, 60_000);
    afterAll(async () => {
      await gateway.kill();
      await Promise.all([...upstreams, ...sandboxes].map((each) => each.close()));
    });

    /** Reads that are equal would be shared, and cost the less the more there are. */
    function nextRequest(): string {
      requests += 1;
      const from = new Date(FIRST_INSTANT + requests * 60_000).toISOString();
      const { head, body } = rawPost(JSON.stringify({ query: QUERY, variables: { from } }));
      return head + body;
    }

    /** As many clients as are usual, each of which waits for its answer before it asks again. */
    function askInTurn(forMs: number): Promise<Phase> {
      return phase(SUSTAINED, async (client, answers) => {
        const endsAtMs = performance.now() + forMs;
        const clients = Array.from({ length: SUSTAINED }, async () => {
          while (performance.now() < endsAtMs) answers.push(await client.ask());
        });
        await Promise.all(clients);
      });
    }

    /** At a rate, whatever comes of it, as far as there are connections. */
    function askAtRate(perMs: number, forMs: number): Promise<Phase> {
      return phase(CONNECTIONS, async (client, answers) => {
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

    async function phase(
      connections: number,
      ask: (client: LoadClient, answers: LoadAnswer[]) => Promise<unknown>,
    ): Promise<Phase> {
      const client = await openLoadClient(gateway.url, nextRequest, connections);
      const answers: LoadAnswer[] = [];
      const [beganAtMs, gatewayBeforeMs] = [performance.now(), processorMs(gateway.pid)];
      await ask(client, answers);
      const gatewayMs = processorMs(gateway.pid) - gatewayBeforeMs;
      const tookMs = performance.now() - beganAtMs;
      client.close();
      return { answers, tookMs, gatewayMs };
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

    it('turns nobody away where two hundred clients each wait for their answer', () => {
      const answers = sustained.flatMap((phase) => phase.answers);
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    });

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
    it('answers well at least three quarters as often as when it is not asked for too much', () => {
      expect(goodput(overload)).toBeGreaterThan(MIN_GOODPUT * goodput(sustained));
    });

    it('turns away within fifty milliseconds', () => {
      const windows = overload.flatMap(shedWithin);
      expect(windows.length).toBeGreaterThan(0);
      expect(quantile(windows.flat(), 0.5)).toBeLessThan(SHED_WITHIN_MS);
      const slowest = windows.map((window) => quantile(window, 0.99));
      expect(quantile(slowest, 0.5)).toBeLessThan(MOST_SHED_WITHIN_MS);
    });

    it('answers probes', () => {
      expect(probes.length).toBeGreaterThan(ROUNDS);
      expect(probes.filter(({ status }) => status !== 200)).toEqual([]);
      expect(
        quantile(
          probes.map(({ tookMs }) => tookMs),
          0.5,
        ),
      ).toBeLessThan(1000);
    });
  },
);

/** Good answers in a millisecond. */
function goodRate(phase: Phase | undefined): number {
  return phase === undefined ? 0 : goodOnes(phase) / phase.tookMs;
}

/** Good answers in a millisecond of the gateway's own time. */
function goodput(phases: readonly Phase[]): number {
  return sum(phases.map(goodOnes)) / sum(phases.map(({ gatewayMs }) => gatewayMs));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function goodOnes({ answers }: Phase): number {
  return answers.filter(({ status }) => status === 200).length;
}

/**
 * How long refusals took in each tenth of a second, by the share of the time that the gateway got a processor for: all of it,
 * unless the machine is busy with something else, which may keep the gateway waiting in some of them.
 */
function shedWithin({ answers, tookMs, gatewayMs }: Phase): number[][] {
  const shed = answers.filter(({ status }) => status === 503);
  const windows = Map.groupBy(shed, ({ sentAtMs }) => Math.floor(sentAtMs / WINDOW_MS));
  const share = Math.min(1, gatewayMs / tookMs);
  return [...windows.values()].map((window) => window.map(({ provenMs }) => share * provenMs));
}

function quantile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b).at(Math.min(values.length - 1, Math.floor(values.length * share))) ?? 0
  );
}
