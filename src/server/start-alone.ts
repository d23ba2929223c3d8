import { greetingOf } from './greeting.ts';
import { EXIT_CODE, type ProcessRole } from './running-process.ts';
import { startGateway } from './start-gateway.ts';
import { startProcessMetrics } from './telemetry/process-metrics.ts';

/** The whole gateway in this process. */
export const alone: ProcessRole = {
  async start(config, logger) {
    const gateway = await startGateway(config, logger, { processMetrics: [startProcessMetrics()] });
    return {
      greeting: greetingOf(config, gateway),
      async stop() {
        await gateway.stop();
        return EXIT_CODE.success;
      },
    };
  },
};
