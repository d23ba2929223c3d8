import type { Logger } from 'pino';
import { ConfigError, readConfig, type Config } from './config.ts';
import { faultFields } from './server/fault-fields.ts';
import { EXIT_CODE, StartError, type ProcessRole, type RunningProcess } from './server/running-process.ts';
import { createLogger } from './server/telemetry/create-logger.ts';
import { RecordStoreError } from './write/record-store.ts';

/** Beyond the time to drain: what ends a process that does not come to an end by itself. */
const LAST_RESORT_MS = 5000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

let role: ProcessRole | null = null;
try {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  role = await loadRole(config);
  const starting = role.start(config, logger);
  endWhenTold(role, starting, config, logger);
  process.stdout.write((await starting).greeting);
} catch (error) {
  const [message, exitCode] = [startFailure(error), exitCodeOf(error)];
  if (role?.reportFailure === undefined) process.stderr.write(`${message}\n`);
  else await role.reportFailure(message, exitCode);
  // Something may still be open that keeps the process.
  process.exit(exitCode);
}

/** Only what the process is there for is loaded. */
async function loadRole({ workers }: Config): Promise<ProcessRole> {
  if (workers === 1) return (await import('./server/start-alone.ts')).alone;
  return (await import('./server/workers/role-by-cluster.ts')).roleByCluster();
}

/** Drains on a first signal or an error that nobody has caught; a second signal ends the process at once. */
function endWhenTold(
  { whenToldToEnd }: ProcessRole,
  starting: Promise<RunningProcess>,
  config: Config,
  logger: Logger,
): void {
  let isEnding = false;
  let exitCode: number = EXIT_CODE.success;
  function end(): void {
    isEnding = true;
    setTimeout(() => process.exit(EXIT_CODE.failure), config.drainTimeoutMs + LAST_RESORT_MS).unref();
    starting
      .then((running) => running.stop())
      .then(
        (stopped) => process.exit(exitCode === EXIT_CODE.success ? stopped : exitCode),
        (error: unknown) => {
          logger.fatal(faultFields(error), 'draining failed');
          process.exit(EXIT_CODE.failure);
        },
      );
  }
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // A terminal sends its signals to every process, and the first one tells the others.
      if (whenToldToEnd !== undefined) return;
      logger.info({ signal }, isEnding ? 'ending at once' : 'draining');
      if (isEnding) process.exit(EXIT_CODE[signal]);
      end();
    });
  }
  whenToldToEnd?.(() => {
    if (!isEnding) end();
  });
  // Rejections that nobody handles come here too.
  process.on('uncaughtException', (error: unknown, origin) => {
    logger.fatal({ origin, ...faultFields(error) }, 'unexpected error: draining');
    exitCode = EXIT_CODE.failure;
    if (!isEnding) end();
  });
}

function exitCodeOf(error: unknown): number {
  if (error instanceof StartError) return error.exitCode;
  return isMisconfigured(error) ? EXIT_CODE.misconfigured : EXIT_CODE.failure;
}

function isMisconfigured(error: unknown): error is ConfigError | RecordStoreError {
  return error instanceof ConfigError || error instanceof RecordStoreError;
}

/** A fault's own message could hold what must not be printed; a taken port is no fault, and says so. */
function startFailure(error: unknown): string {
  if (isMisconfigured(error) || error instanceof StartError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'A port is taken: set PORT, or METRICS_PORT, to a free one.';
  }
  const { error: name, stack } = faultFields(error);
  return `The gateway could not start: ${name}\n${stack}`;
}
