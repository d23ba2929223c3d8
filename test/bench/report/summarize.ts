import type { Sample, ServerSamples } from '../run/measure-case.ts';

/** A server in all rounds of a case: medians. */
export interface Summary {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** Throughput over that of the floor in the same round; null without a floor. */
  readonly throughputRatio: number | null;
  /** Processor time of the floor over that of the server, per request, in the same round: 1 costs as much as the floor. */
  readonly cpuRatio: number | null;
  readonly cpuMsPerRequest: number | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly upstreamPerQuery: number;
  readonly serverBusy: number | null;
  readonly upstreamsBusy: number | null;
  /** Of all rounds. */
  readonly failures: number;
}

/** Medians of each server, in the order in which they were measured. */
export function summarize(samples: readonly ServerSamples[]): Summary[] {
  const floor = samples.find(({ name }) => name === 'floor')?.rounds;
  return samples.map(({ name, upstreamPerQuery, rounds }) => {
    const ratios = (ratio: (own: Sample, floors: Sample) => number | null): number | null =>
      floor === undefined ? null : medianOf(rounds.map((own, round) => ratioIn(own, floor[round], ratio)));
    return {
      name,
      requestsPerSecond: median(rounds.map(rateOf)),
      throughputRatio: ratios((own, floors) => rateOf(own) / rateOf(floors)),
      cpuRatio: ratios(({ cpuMsPerRequest: own }, { cpuMsPerRequest: floors }) =>
        own === null || floors === null ? null : floors / own,
      ),
      cpuMsPerRequest: medianOf(rounds.map(({ cpuMsPerRequest }) => cpuMsPerRequest)),
      p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
      p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
      upstreamPerQuery,
      serverBusy: medianOf(rounds.map(({ serverBusy }) => serverBusy)),
      upstreamsBusy: medianOf(rounds.map(({ upstreamsBusy }) => upstreamsBusy)),
      failures: rounds.reduce((total, { failures }) => total + failures, 0),
    };
  });
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}

function ratioIn(
  own: Sample,
  floor: Sample | undefined,
  ratio: (own: Sample, floor: Sample) => number | null,
): number | null {
  return floor === undefined ? null : ratio(own, floor);
}

function rateOf({ requests, seconds }: Sample): number {
  return requests / seconds;
}
