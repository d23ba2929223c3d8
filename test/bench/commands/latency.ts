import type { BenchOptions } from '../options.ts';
import { number } from '../report/case-table.ts';
import { median } from '../report/summarize.ts';
import type { Bench } from '../run/bench.ts';
import { drive, type Driven } from '../run/drive.ts';
import { longestStallMs } from '../run/event-loop.ts';
import { warmUp } from '../run/warm-up.ts';
import type { StartedTarget } from '../run/started-target.ts';
import type { Target } from '../targets/target.ts';
import { workload } from '../workloads.ts';
import { markdownTable, type Section } from './section.ts';

const CONNECTIONS = [50, 500];

/** How long answers take under few and many connections, and how long the event loop stood still meanwhile. */
export async function latency(
  bench: Bench,
  targets: readonly Target[],
  { workloads, rounds, seconds }: BenchOptions,
  say: (text: string) => void,
): Promise<Section> {
  const servers: StartedTarget[] = [];
  for (const target of targets) servers.push(await bench.start(target));
  const rows: string[][] = [];
  for (const name of workloads) {
    const asked = workload(name, 'mixed');
    const runs = servers.map((server) => ({
      server,
      requests: asked.variables.flatMap((each) => server.target.request('persisted-post', asked, each) ?? []),
    }));
    for (const connections of CONNECTIONS) {
      const driven = new Map<StartedTarget, { runs: Driven[]; stallMs: number | null }>();
      for (const { server, requests } of runs) {
        await warmUp(server, { workload: asked, requests, connections, folder: bench.folder });
        driven.set(server, { runs: [], stallMs: null });
      }
      for (let round = 0; round < rounds; round += 1) {
        for (const { server, requests } of round % 2 === 0 ? runs : runs.toReversed()) {
          await bench.upstreams.quiet();
          await longestStallMs(server);
          const own = driven.get(server);
          own?.runs.push(await drive(server.url, requests, { connections, seconds }, bench.folder));
          const stallMs = await longestStallMs(server);
          if (own !== undefined && stallMs !== null) own.stallMs = Math.max(own.stallMs ?? 0, stallMs);
        }
      }
      for (const [{ target }, { runs: own, stallMs }] of driven) {
        rows.push([
          target.name,
          name,
          String(connections),
          number(median(own.map(({ p50Ms }) => p50Ms)), 1),
          number(median(own.map(({ p99Ms }) => p99Ms)), 1),
          number(Math.max(...own.map(({ maxMs }) => maxMs)), 1),
          number(stallMs, 0),
          String(own.reduce((sum, { failures }) => sum + failures, 0)),
        ]);
        say(rows.at(-1)?.join('  ') ?? '');
      }
    }
  }
  for (const server of servers) await bench.stop(server);
  const head = [
    'Server',
    'Workload',
    'Connections',
    'p50 ms',
    'p99 ms',
    'Longest ms',
    'Longest stall ms',
    'Failed',
  ];
  return { name: 'latency', markdown: markdownTable(head, rows) };
}
