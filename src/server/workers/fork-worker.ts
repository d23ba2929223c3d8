import cluster from 'node:cluster';
import { z } from 'zod';
import { EXIT_CODE, StartError } from '../running-process.ts';
import type { Scrape } from '../telemetry/scrape.ts';
import { openWorkerChannel } from './worker-channel.ts';

/** A worker, as the first process sees it. */
export interface ForkedWorker {
  readonly pid: number | undefined;
  /** The address of its endpoint, once it answers there; rejects with StartError when it never will. */
  readonly ready: Promise<string>;
  readonly ended: Promise<WorkerEnd>;
  metrics(): Promise<unknown>;
  /** Lets it drain, as soon as it is ready. */
  end(): void;
  kill(): void;
}

/** How a worker ended: by itself, with a code, or by a signal. */
export interface WorkerEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

const FAILURE = z.object({ message: z.string(), exitCode: z.number() });

/**
 * Starts a worker with the arguments, the environment and the output of this process.
 *
 * @param scrape gives the metrics of all, which any worker may show
 */
export function forkWorker(scrape: Scrape): ForkedWorker {
  const worker = cluster.fork();
  const { process: child } = worker;
  const ready = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<WorkerEnd>();
  const channel = openWorkerChannel(worker, (question, content) => {
    switch (question) {
      case 'ready':
        ready.resolve(z.string().parse(content));
        return null;
      case 'failed': {
        const { message, exitCode } = FAILURE.parse(content);
        ready.reject(new StartError(message, exitCode));
        return null;
      }
      case 'connections':
        return null;
      case 'metrics':
        return scrape();
      default:
        throw new TypeError(`no such question: ${question}`);
    }
  });
  worker.once('exit', () => {
    ready.reject(new StartError('A worker ended before it was ready.', EXIT_CODE.failure));
    ended.resolve({ exitCode: child.exitCode, signal: child.signalCode });
  });
  return {
    pid: child.pid,
    ready: ready.promise,
    ended: ended.promise,
    metrics: () => channel.ask('metrics'),
    end() {
      // One that is gone by now needs no telling.
      ready.promise.then(() => channel.ask('end')).catch(() => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
