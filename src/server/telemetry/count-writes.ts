import type { WriteRunner } from '../../write/write-runner.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';

/** Runs writes, and counts how they came out. */
export function countWrites(
  writes: Pick<WriteRunner, 'run'>,
  metrics: Pick<GatewayMetrics, 'writeEnded'>,
): Pick<WriteRunner, 'run'> {
  return {
    async run(write, call) {
      const outcome = await writes.run(write, call);
      metrics.writeEnded(write, outcome.kind);
      return outcome;
    },
  };
}
