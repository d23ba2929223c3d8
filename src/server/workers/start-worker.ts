import type { Worker } from 'node:cluster';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { EXIT_CODE, type ProcessRole } from '../running-process.ts';
import { startGateway, type Siblings } from '../start-gateway.ts';
import { startProcessMetrics } from '../telemetry/process-metrics.ts';
import { openWorkerChannel } from './worker-channel.ts';

/** A gateway in this process that shares its port with others. The first process prints, and says when to end. */
export function workerRole(worker: Worker): ProcessRole {
  const toldToEnd = Promise.withResolvers<null>();
  let shown: readonly Registry[] = [];
  const channel = openWorkerChannel(worker, async (question) => {
    switch (question) {
      case 'end':
        toldToEnd.resolve(null);
        return null;
      case 'metrics':
        return (await Promise.all(shown.map((registry) => registry.getMetricsAsJSON()))).flat();
      default:
        throw new TypeError(`no such question: ${question}`);
    }
  });
  const siblings: Siblings = {
    async letIn() {
      await channel.ask('connections');
      return true;
    },
    shareMetrics(registries) {
      shown = registries;
      return async () => z.string().parse(await channel.ask('metrics'));
    },
  };
  return {
    async start(config, logger) {
      const gateway = await startGateway(config, logger, {
        processMetrics: [startProcessMetrics()],
        siblings,
      });
      await channel.ask('ready', gateway.url);
      return {
        greeting: '',
        async stop() {
          await gateway.stop();
          // A connection that came when the server had closed has gone back to the first process by then.
          await channel.ask('connections');
          return EXIT_CODE.success;
        },
      };
    },
    whenToldToEnd: (end) => void toldToEnd.promise.then(end),
    async reportFailure(message, exitCode) {
      await channel.ask('failed', { message, exitCode });
    },
  };
}
