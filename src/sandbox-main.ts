import { ConfigError, readConfig } from './config.ts';
import { DEFAULT_SANDBOX_NOW } from './sandbox/sandbox-clock.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';

/** Wrong configuration, as `sysexits.h` numbers it. */
const EXIT_CONFIG = 78;

try {
  const { sandbox: config } = readConfig();
  const sandbox = await startSandbox({
    now: config.now ?? DEFAULT_SANDBOX_NOW,
    metronomePort: config.metronomePort,
    maplePort: config.maplePort,
  });
  const { metronome, maple } = sandbox;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  process.stdout.write(
    [
      `Metronome sandbox on ${metronome.url}, token ${metronome.token}`,
      `Maple sandbox on ${maple.url}, token ${maple.token}, company ${maple.companyId}`,
      'Nothing here is real; no money moves.',
      '',
    ].join('\n'),
  );
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_CONFIG;
}
