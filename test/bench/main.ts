import { cpus, loadavg, release } from 'node:os';
import { resolve } from 'node:path';
import { compare } from './commands/compare.ts';
import { endure, MEMORY, soak } from './commands/endure.ts';
import { latency } from './commands/latency.ts';
import { processes } from './commands/processes.ts';
import { scale } from './commands/scale.ts';
import type { Section } from './commands/section.ts';
import { startUp } from './commands/start-up.ts';
import { readOptions, type COMMANDS } from './options.ts';
import { writeSection } from './report/write-section.ts';
import { buildGateway, installPeers, openBench, type Bench } from './run/bench.ts';
import { driver } from './run/drive.ts';
import { canPin } from './run/pinned-process.ts';
import { TARGETS } from './targets/all-targets.ts';
import { CHECKOUT, gatewayIn } from './targets/gateway.ts';
import { peers } from './targets/peers.ts';

/** More than a fraction means that something else was running. */
const [loadBefore = 0] = loadavg();
const options = readOptions(process.argv.slice(2));
const targets = TARGETS.filter(({ name }) => options.only?.includes(name) ?? true);
if (options.before !== undefined) targets.push(gatewayIn('before', resolve(options.before)));
const own = targets.filter(({ name }) => name === 'gateway' || name === 'before');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function run(command: (typeof COMMANDS)[number], bench: Bench): Promise<Section> {
  switch (command) {
    case 'compare':
      return compare(bench, targets, options, say);
    case 'start-up':
      return startUp(bench, targets, say);
    case 'memory':
      return endure(bench, targets, MEMORY, say);
    case 'soak':
      return endure(bench, own, soak(options.minutes), say);
    case 'latency':
      return latency(bench, targets, options, say);
    case 'scale':
      return scale(bench, say);
    case 'processes':
      return processes(bench, options, say);
  }
}

/** Where and how it ran. */
function circumstances(): string {
  const [cpu, ...others] = cpus();
  return [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, Linux ${release()}`,
    `${others.length + 1} cores of ${cpu?.model.trim() ?? 'an unknown kind'}`,
    `load average before: ${loadBefore.toFixed(1)}`,
    canPin ? 'servers on one core, driver and upstreams on another' : 'nothing kept on a core of its own',
    `${driver}, ${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s`,
    targets.map(({ name, title }) => `${name}: ${title}`).join('; '),
  ].join('. ');
}

if (driver === 'autocannon' || targets.some(({ name }) => peers.some((peer) => peer.name === name)))
  installPeers();
buildGateway(CHECKOUT);
if (options.before !== undefined) buildGateway(resolve(options.before));
say(`${circumstances()}.\n`);
for (const command of options.commands) {
  const bench = await openBench();
  try {
    say(`== ${command}\n`);
    const { name, markdown } = await run(command, bench);
    const section = { name, markdown: `${circumstances()}.\n\n${markdown}` };
    if (options.write !== undefined) await writeSection(options.write, section);
  } finally {
    await bench.close();
  }
}
