import { number } from '../report/case-table.ts';
import { median } from '../report/summarize.ts';
import type { Bench } from '../run/bench.ts';
import { drive } from '../run/drive.ts';
import { longestStallMs } from '../run/event-loop.ts';
import { residentBytesOf } from '../run/pinned-process.ts';
import type { Target } from '../targets/target.ts';
import { workload, type WorkloadName } from '../workloads.ts';
import { markdownTable, type Section } from './section.ts';

const LOAD = { connections: 50, seconds: 3 };
const MEGABYTE = 1024 * 1024;

/** What a server is put to, in turn, and for how long. */
interface Endurance {
  readonly name: string;
  readonly workloads: readonly WorkloadName[];
  /** Whether it is over. */
  readonly isOver: (requests: number, elapsedMs: number) => boolean;
}

/** 100,000 queries for a page of customers. */
export const MEMORY: Endurance = {
  name: 'memory',
  workloads: ['list'],
  isOver: (requests) => requests >= 100_000,
};

/** All workloads in turn, for some minutes. */
export function soak(minutes: number): Endurance {
  return {
    name: 'soak',
    workloads: ['list', 'nplus1', 'account', 'large'],
    isOver: (_, elapsedMs) => elapsedMs >= minutes * 60_000,
  };
}

/** Memory of each server over a long run, one after another. */
export async function endure(
  bench: Bench,
  targets: readonly Target[],
  { name, workloads, isOver }: Endurance,
  say: (text: string) => void,
): Promise<Section> {
  const rows: string[][] = [];
  for (const target of targets) {
    const server = await bench.start(target);
    const startedAtMs = performance.now();
    const samples: number[] = [];
    let requests = 0;
    let failures = 0;
    let stallMs: number | null = null;
    for (let turn = 0; !isOver(requests, performance.now() - startedAtMs); turn += 1) {
      const asked = workload(workloads[turn % workloads.length] ?? 'list', 'mixed');
      const sent = asked.variables.flatMap((each) => target.request('persisted-post', asked, each) ?? []);
      const driven = await drive(server.url, sent, LOAD, bench.folder);
      requests += driven.requests;
      failures += driven.failures;
      const stall = await longestStallMs(server);
      // The first turns compile what is hot.
      if (stall !== null && turn >= workloads.length) stallMs = Math.max(stallMs ?? 0, stall);
      const bytes = await residentBytesOf(server.pid);
      if (bytes !== null && turn % workloads.length === workloads.length - 1) samples.push(bytes / MEGABYTE);
    }
    await bench.stop(server);
    const { half, end } = halves(samples);
    rows.push([
      target.name,
      String(requests),
      number(half, 0),
      number(end, 0),
      `${number((end / half - 1) * 100, 1)} %`,
      number(Math.max(...samples), 0),
      number(stallMs, 0),
      String(failures),
    ]);
    say(`${name}: ${rows.at(-1)?.join('  ') ?? ''}`);
  }
  const head = [
    'Server',
    'Requests',
    'MB at half',
    'MB at the end',
    'Growth',
    'Most MB',
    'Longest stall ms',
    'Failed',
  ];
  return { name, markdown: markdownTable(head, rows) };
}

/** Medians of the third and the last quarter of the samples, so that a collection more or less does not decide. */
function halves(samples: readonly number[]): { half: number; end: number } {
  const at = (share: number): number => Math.floor(samples.length * share);
  return { half: median(samples.slice(at(0.5), at(0.75))), end: median(samples.slice(at(0.75))) };
}
