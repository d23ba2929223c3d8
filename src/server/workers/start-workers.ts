import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { faultFields } from '../fault-fields.ts';
import { greetingOf } from '../greeting.ts';
import { EXIT_CODE, StartError, type ProcessRole, type RunningProcess } from '../running-process.ts';
import { startMetricsServer } from '../telemetry/start-metrics-server.ts';
import { forkWorker, type ForkedWorker } from './fork-worker.ts';
import { createMetricSums } from './metric-sums.ts';

/** Starts the workers, replaces those that die, and ends them. Answers no GraphQL request itself. */
export const supervisor: ProcessRole = { start: startWorkers };

/** One that dies sooner may die again at once: each time there is twice as long a pause before the next. */
const YOUNG_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

/** @throws StartError when one of the first workers cannot start */
async function startWorkers(config: Config, logger: Logger): Promise<RunningProcess> {
  // Metrics may hold numbers that JSON has not.
  cluster.setupPrimary({ serialization: 'advanced' });
  // Left to the system, one process may get nearly all connections, and clients keep them.
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const sums = createMetricSums();
  const { host, metricsPort } = config;
  const metricsServer =
    metricsPort === null ? null : await startMetricsServer(sums.scrape, { host, port: metricsPort });
  const workers = new Set<ForkedWorker>();
  const ending = new AbortController();
  const { signal } = ending;
  let exitCode: number = EXIT_CODE.success;
  process.once('exit', () => {
    for (const worker of workers) worker.kill();
  });

  function start(): ForkedWorker {
    const worker = forkWorker(sums.scrape);
    workers.add(worker);
    void worker.ended.then(() => workers.delete(worker));
    return worker;
  }

  function countMetricsOf(worker: ForkedWorker): void {
    const part = sums.add(worker.metrics);
    void worker.ended.then(part.ended);
  }

  /** Has a worker in the place of this one when it dies, and so on, until all are to end. */
  async function keepRunning(first: ForkedWorker): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS / 2;
    for (let worker = first; ; worker = start()) {
      const startedMs = performance.now();
      worker.ready.then(
        () => countMetricsOf(worker),
        (error: unknown) => logger.error(failureFields(error), 'a worker could not start'),
      );
      const end = await worker.ended;
      if (signal.aborted) {
        if (exitCode === EXIT_CODE.success) exitCode = end.exitCode ?? EXIT_CODE.failure;
        return;
      }
      const isYoung = performance.now() - startedMs < YOUNG_MS;
      pauseMs = isYoung ? Math.min(2 * pauseMs, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
      logger.error({ worker: worker.pid, ...end, pauseMs }, 'a worker has ended and is replaced');
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }

  const first = Array.from({ length: config.workers }, start);
  const [url = ''] = await Promise.all(first.map(({ ready }) => ready));
  const kept = first.map(keepRunning);
  return {
    greeting: greetingOf(config, { url }),
    async stop() {
      ending.abort();
      for (const worker of workers) worker.end();
      await Promise.all(kept);
      await metricsServer?.close();
      return exitCode;
    },
  };
}

function failureFields(error: unknown): object {
  return error instanceof StartError ? { fault: error.message } : faultFields(error);
}
