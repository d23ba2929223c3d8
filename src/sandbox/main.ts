import { startSandbox } from './start-sandbox.ts';

/** A port from the environment; 0 stands for any free one. */
function port(name: string, usual: number): number {
  const text = process.env[name] ?? String(usual);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  process.stderr.write(`${name} must be a port number\n`);
  process.exit(78);
}

const sandbox = await startSandbox({
  metronomePort: port('SANDBOX_METRONOME_PORT', 4101),
  maplePort: port('SANDBOX_MAPLE_PORT', 4102),
});
const { metronome, maple } = sandbox;
process.stdout.write(
  [
    `Metronome sandbox on ${metronome.url}, token ${metronome.token}`,
    `Maple sandbox on ${maple.url}, token ${maple.token}, company ${maple.companyId}`,
    'Nothing here is real; no money moves.',
    '',
  ].join('\n'),
);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
