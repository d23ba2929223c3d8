import type { BenchCase } from '../run/measure-case.ts';
import type { Summary } from './summarize.ts';

/** A case as a table for a terminal. */
export function caseTable({ workload, form, delayMs }: BenchCase, summaries: readonly Summary[]): string {
  const head = [
    '',
    'x floor',
    'CPU x floor',
    'req/s',
    'CPU ms',
    'p50 ms',
    'p99 ms',
    'calls',
    'server',
    'upstreams',
    'failed',
  ];
  const rows = summaries.map((each) => [
    each.name,
    number(each.throughputRatio, 2),
    number(each.cpuRatio, 2),
    number(each.requestsPerSecond, 0),
    number(each.cpuMsPerRequest, 3),
    number(each.p50Ms, 1),
    number(each.p99Ms, 1),
    number(each.upstreamPerQuery, 2),
    percent(each.serverBusy),
    percent(each.upstreamsBusy),
    String(each.failures),
  ]);
  const title = `${workload.name}, ${workload.traffic}, ${form}, upstream delay ${delayMs} ms`;
  return `${title}\n${aligned([head, ...rows])}\n`;
}

/** Columns of one width, the first to the left and the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** Fixed to a number of digits; a dash for what is not known. */
export function number(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? '-' : value.toFixed(digits);
}

/** Of one core. */
export function percent(share: number | null): string {
  return share === null ? '-' : `${Math.round(share * 100)} %`;
}
