import type { Logger } from 'pino';
import { ConfigError, readConfig, type Config } from './config.ts';
import { EXAMPLE_QUERIES } from './server/graphiql/example-queries.ts';
import { faultFields } from './server/fault-fields.ts';
import { startGateway, type RunningGateway } from './server/start-gateway.ts';
import { createLogger } from './server/telemetry/create-logger.ts';
import { startProcessMetrics } from './server/telemetry/process-metrics.ts';
import { RecordStoreError } from './write/record-store.ts';

/** Wrong configuration, as `sysexits.h` numbers it. */
const EXIT_CONFIG = 78;
const EXIT_FAILURE = 1;
const EXIT_SUCCESS = 0;

/** As shells number an end by a signal. */
const EXIT_SIGNAL = { SIGTERM: 143, SIGINT: 130 } as const;
/** Beyond the time to drain: what ends a process that does not come to an end by itself. */
const LAST_RESORT_MS = 5000;

try {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const starting = startGateway(config, logger, { processMetrics: [startProcessMetrics()] });
  endWithSignals(starting, config, logger);
  process.stdout.write(greeting(config, await starting));
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  // Something may still be open that keeps the process.
  process.exit(isMisconfigured(error) ? EXIT_CONFIG : EXIT_FAILURE);
}

/** Drains on a first signal or an error that nobody has caught; a second signal ends the process at once. */
function endWithSignals(starting: Promise<RunningGateway>, config: Config, logger: Logger): void {
  let isEnding = false;
  let exitCode: number = EXIT_SUCCESS;
  function end(): void {
    isEnding = true;
    setTimeout(() => process.exit(EXIT_FAILURE), config.drainTimeoutMs + LAST_RESORT_MS).unref();
    starting
      .then((gateway) => gateway.stop())
      .then(
        () => process.exit(exitCode),
        (error: unknown) => {
          logger.fatal(faultFields(error), 'draining failed');
          process.exit(EXIT_FAILURE);
        },
      );
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      logger.info({ signal }, isEnding ? 'ending at once' : 'draining');
      if (isEnding) process.exit(EXIT_SIGNAL[signal]);
      end();
    });
  }
  // Rejections that nobody handles come here too.
  process.on('uncaughtException', (error: unknown, origin) => {
    logger.fatal({ origin, ...faultFields(error) }, 'unexpected error: draining');
    exitCode = EXIT_FAILURE;
    if (!isEnding) end();
  });
}

function isMisconfigured(error: unknown): error is ConfigError | RecordStoreError {
  return error instanceof ConfigError || error instanceof RecordStoreError;
}

/** A fault's own message could hold what must not be printed; a taken port is no fault, and says so. */
function startFailure(error: unknown): string {
  if (isMisconfigured(error)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'A port is taken: set PORT, or METRICS_PORT, to a free one.';
  }
  const { error: name, stack } = faultFields(error);
  return `The gateway could not start: ${name}\n${stack}`;
}

function greeting(config: Config, { url, sandboxes }: RunningGateway): string {
  const lines = [`Billing gateway on ${url}`];
  if (!config.production) lines.push('Open it in a browser for GraphiQL.');
  for (const [name, sandbox] of Object.entries({ Metronome: sandboxes.metronome, Maple: sandboxes.maple })) {
    if (sandbox !== null)
      lines.push(`No token for ${name}: its sandbox stands in, on ${sandbox.url}. No money moves.`);
  }
  if (sandboxes.metronome !== null && sandboxes.maple !== null)
    lines.push('', 'A query to try:', '', EXAMPLE_QUERIES[0].query);
  return `${lines.join('\n')}\n`;
}
