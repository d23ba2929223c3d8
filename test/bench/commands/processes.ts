import type { BenchOptions } from '../options.ts';
import { number, percent } from '../report/case-table.ts';
import { median } from '../report/summarize.ts';
import type { Bench } from '../run/bench.ts';
import { drive } from '../run/drive.ts';
import { canShareCores, shareCores } from '../run/core-share.ts';
import { cpuMsOf, workersOf } from '../run/pinned-process.ts';
import type { StartedTarget } from '../run/started-target.ts';
import { warmUp } from '../run/warm-up.ts';
import { gateway } from '../targets/gateway.ts';
import type { Target } from '../targets/target.ts';
import { startRedisServer, withoutRedis } from '../../support/redis-server.ts';
import { workload } from '../workloads.ts';
import { markdownTable, type Section } from './section.ts';

const COUNTS = [1, 2];
/** Of a core, for each process of the gateway: two leave more than half of two cores to everybody else. */
const SHARE = 0.4;

/**
 * One process and two with the same Redis, in alternating rounds. Each process is limited to the same share of a core, where
 * that can be had, so that the driver and the upstreams never lack any: that shows whether processes stand in each other's way. Where
 * it cannot be had, they all share all cores, and throughput shows the cores and not the gateway.
 */
export async function processes(
  bench: Bench,
  options: BenchOptions,
  say: (text: string) => void,
): Promise<Section> {
  if (withoutRedis('one process and two')) return { name: 'processes', markdown: 'Not measured: no Redis.' };
  const redis = await startRedisServer();
  try {
    return await measured(bench, options, redis.url, say);
  } finally {
    await redis.stop();
  }
}

async function measured(
  bench: Bench,
  { workloads, rounds, seconds, connections }: BenchOptions,
  redisUrl: string,
  say: (text: string) => void,
): Promise<Section> {
  const target: Target = { ...gateway, core: 'both' };
  const servers: { count: number; server: StartedTarget }[] = [];
  const letGo: (() => Promise<void>)[] = [];
  for (const count of COUNTS) {
    const server = await bench.start(target, { WORKERS: String(count), REDIS_URL: redisUrl });
    servers.push({ count, server });
    if (canShareCores) letGo.push(await shareCores(await workersOf(server.pid), SHARE));
  }
  const rows: string[][] = [];
  for (const name of workloads) {
    const asked = workload(name, 'mixed');
    const requests = asked.variables.flatMap((each) => gateway.request('persisted-post', asked, each) ?? []);
    const samples = COUNTS.map(() => ({
      rates: Array.of<number>(),
      cpuMs: Array.of<number>(),
      busy: Array.of<number>(),
    }));
    for (const { server } of servers)
      await warmUp(server, { workload: asked, requests, connections, folder: bench.folder });
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, { server }] of servers.entries()) {
        await bench.upstreams.quiet();
        const before = await cpuMsOf(server.pid);
        const driven = await drive(server.url, requests, { connections, seconds }, bench.folder);
        const cpuMs = ((await cpuMsOf(server.pid)) ?? Number.NaN) - (before ?? Number.NaN);
        samples[place]?.rates.push(driven.requests / driven.seconds);
        samples[place]?.cpuMs.push(cpuMs / driven.requests);
        samples[place]?.busy.push(cpuMs / (driven.seconds * 1000));
      }
    }
    const first = samples[0]?.rates ?? [];
    for (const [place, { rates, cpuMs, busy }] of samples.entries()) {
      rows.push([
        name,
        String(COUNTS[place]),
        number(median(rates), 0),
        number(median(rates.map((rate, round) => rate / (first[round] ?? Number.NaN))), 2),
        number(median(cpuMs), 3),
        percent(median(busy)),
      ]);
      say(rows.at(-1)?.join('  ') ?? '');
    }
  }
  for (const { server } of servers) await bench.stop(server);
  for (const each of letGo) await each();
  const head = [
    'Workload',
    'Processes',
    'Requests per second',
    'x one process',
    'CPU ms per request',
    'CPU of all',
  ];
  const share = canShareCores ? `${percent(SHARE)} of a core for each process.` : 'All cores are shared.';
  return { name: 'processes', markdown: `${share}\n\n${markdownTable(head, rows)}` };
}
