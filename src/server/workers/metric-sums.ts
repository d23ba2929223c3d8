import { setTimeout as sleep } from 'node:timers/promises';
import { AggregatorRegistry } from 'prom-client';
import { z } from 'zod';

/** Metrics of several processes as one. */
export interface MetricSums {
  /** Adds a process, by what gives its metrics. */
  add(read: () => Promise<unknown>): MetricsOfProcess;
  /** All together in Prometheus' text form. A process that does not answer in time counts as it last did. */
  scrape(): Promise<string>;
}

/** The part of one process. */
export interface MetricsOfProcess {
  /** The process is gone: what it had counted when it was last asked stays, so that no sum falls; what it measured goes. */
  ended(): void;
}

const METRICS = z.array(z.looseObject({ name: z.string(), type: z.string() }));
type Metrics = z.infer<typeof METRICS>;

/** Of metrics that only grow. */
const COUNTING = new Set(['counter', 'histogram']);
const ANSWER_WITHIN_MS = 2000;

/** Sums of no process yet. */
export function createMetricSums(): MetricSums {
  const running = new Set<{ latest: Metrics; readonly read: () => Promise<unknown> }>();
  let left: Metrics = [];
  return {
    add(read) {
      const process = { latest: Array.of<Metrics[number]>(), read };
      running.add(process);
      return {
        ended() {
          running.delete(process);
          const counted = process.latest.filter(({ type }) => COUNTING.has(type));
          left = METRICS.parse(AggregatorRegistry.aggregate([left, counted]).getMetricsAsArray());
        },
      };
    },
    async scrape() {
      await Promise.all(
        [...running].map(async (process) => {
          const answer = await Promise.race([
            process.read().catch(() => null),
            sleep(ANSWER_WITHIN_MS, null, { ref: false }),
          ]);
          if (answer !== null) process.latest = METRICS.parse(answer);
        }),
      );
      return AggregatorRegistry.aggregate([left, ...[...running].map(({ latest }) => latest)]).metrics();
    },
  };
}
