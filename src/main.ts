import { pino } from 'pino';
import { ConfigError, readConfig, type Config } from './config.ts';
import { EXAMPLE_QUERIES } from './server/example-queries.ts';
import { faultFields } from './server/fault-fields.ts';
import { startGateway, type RunningGateway } from './server/start-gateway.ts';
import { RecordStoreError } from './write/record-store.ts';

/** Wrong configuration, as `sysexits.h` numbers it. */
const EXIT_CONFIG = 78;
const EXIT_FAILURE = 1;

try {
  const config = readConfig();
  const logger = pino({ level: config.logLevel });
  const gateway = await startGateway(config, logger);
  // Before the greeting: who reads it may send a signal at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'draining');
      void gateway.stop().then(() => process.exit(0));
    });
  }
  process.stdout.write(greeting(config, gateway));
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = isMisconfigured(error) ? EXIT_CONFIG : EXIT_FAILURE;
}

function isMisconfigured(error: unknown): error is ConfigError | RecordStoreError {
  return error instanceof ConfigError || error instanceof RecordStoreError;
}

/** A fault's own message could hold what must not be printed; a taken port is no fault, and says so. */
function startFailure(error: unknown): string {
  if (isMisconfigured(error)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken: set PORT to a free one.';
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
