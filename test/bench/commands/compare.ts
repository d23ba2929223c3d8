import type { BenchOptions } from '../options.ts';
import { caseTable, number } from '../report/case-table.ts';
import { summarize, type Summary } from '../report/summarize.ts';
import type { Bench } from '../run/bench.ts';
import { checkAnswers } from '../run/check-answers.ts';
import { measureCase, type BenchCase } from '../run/measure-case.ts';
import type { StartedTarget } from '../run/started-target.ts';
import { FORMS, type Target } from '../targets/target.ts';
import { TRAFFICS, workload } from '../workloads.ts';
import { markdownTable, type Section } from './section.ts';

/** Every server in alternating rounds, case by case, after all of them have given the same data. */
export async function compare(
  bench: Bench,
  targets: readonly Target[],
  options: BenchOptions,
  say: (text: string) => void,
): Promise<Section> {
  const servers: StartedTarget[] = [];
  for (const target of targets) servers.push(await bench.start(target));
  const cases = casesOf(options);
  for (const asked of new Set(cases.map(({ workload: each }) => each))) await checkAnswers(servers, asked);
  say('All servers gave the same data.\n');
  const { connections, seconds, rounds } = options;
  const plan = {
    servers,
    upstreams: bench.upstreams,
    rounds,
    load: { connections, seconds },
    folder: bench.folder,
  };
  const results: { benchCase: BenchCase; summaries: Summary[] }[] = [];
  for (const benchCase of cases) {
    const summaries = summarize(await measureCase(benchCase, plan));
    say(caseTable(benchCase, summaries));
    results.push({ benchCase, summaries });
  }
  for (const server of servers) await bench.stop(server);
  return { name: 'compare', markdown: comparison(targets, results) };
}

const DELAYS_MS = [0, 5, 50];

/** What was asked for; else all but what tells nothing that another case does not. */
function casesOf({ workloads, traffic, forms, delay }: BenchOptions): BenchCase[] {
  const isChosen = traffic !== undefined || forms !== undefined || delay !== undefined;
  const asked = workloads.flatMap((name) => (traffic ?? TRAFFICS).map((each) => workload(name, each)));
  return (delay ?? (isChosen ? [0] : DELAYS_MS)).flatMap((delayMs) =>
    asked.flatMap((each) =>
      (forms ?? FORMS)
        .map((form) => ({ workload: each, form, delayMs }))
        .filter((benchCase) => isChosen || isTelling(benchCase)),
    ),
  );
}

/** One query over and over is for bodies; behind a slow system only what a client would send counts. */
function isTelling({ workload: { traffic }, form, delayMs }: BenchCase): boolean {
  if (delayMs > 0) return traffic === 'mixed' && form === 'persisted-post';
  return traffic === 'mixed' || form !== 'persisted-get';
}

/** A row for each case, and a column for each server. */
function comparison(
  targets: readonly Target[],
  results: readonly { benchCase: BenchCase; summaries: readonly Summary[] }[],
): string {
  const names = targets.map(({ name }) => name);
  const head = ['Workload', 'Traffic', 'Form', 'Delay', ...names];
  const table = (cell: (summary: Summary) => string): string =>
    markdownTable(
      head,
      results.map(
        ({
          benchCase: {
            workload: { name, traffic },
            form,
            delayMs,
          },
          summaries,
        }) => [
          name,
          traffic,
          form,
          `${delayMs} ms`,
          ...names.map((target) => {
            const summary = summaries.find((each) => each.name === target);
            return summary === undefined ? '' : cell(summary);
          }),
        ],
      ),
    );
  const failures = results
    .flatMap(({ summaries }) => summaries)
    .reduce((sum, each) => sum + each.failures, 0);
  return [
    'Throughput over that of the floor in the same round, and upstream requests per query:',
    table((each) => `${number(each.throughputRatio, 2)} (${number(each.upstreamPerQuery, 1)})`),
    'Processor time per request of the floor over that of the server, in the same round:',
    table((each) => number(each.cpuRatio, 2)),
    'Requests per second, and p99 in milliseconds:',
    table((each) => `${number(each.requestsPerSecond, 0)} (${number(each.p99Ms, 0)})`),
    'How busy the server kept its core, and the upstreams theirs, in percent:',
    table((each) => `${number(share(each.serverBusy), 0)} / ${number(share(each.upstreamsBusy), 0)}`),
    `Answers with errors in them or lost: ${failures}.`,
  ].join('\n\n');
}

function share(busy: number | null): number | null {
  return busy === null ? null : busy * 100;
}
