import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from '../targets/target.ts';
import { manifest, workload } from '../workloads.ts';
import { stopProcess } from './pinned-process.ts';
import { startTarget, type StartedTarget } from './started-target.ts';
import { startUpstreams, type StartedUpstreams } from './started-upstreams.ts';

/** What all commands work with. */
export interface Bench {
  readonly upstreams: StartedUpstreams;
  /** For files of this run. */
  readonly folder: string;
  /** Starts a server, and tells how long that took to the first answer. */
  start(
    target: Target,
    env?: Readonly<Record<string, string>>,
  ): Promise<StartedTarget & { startUpMs: number }>;
  stop(server: StartedTarget): Promise<void>;
  /** Ends whatever runs. */
  close(): Promise<void>;
}

const PACKAGE = join(import.meta.dirname, '..');

/** Starts the upstreams; servers come later. */
export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-bench-'));
  const manifestPath = join(folder, 'manifest.json');
  await writeFile(manifestPath, JSON.stringify(manifest()));
  const upstreams = await startUpstreams();
  const running = new Set<StartedTarget>();
  const first = workload('list', 'same');
  const endAll = (signal: NodeJS.Signals): void => {
    for (const { child } of running) child.kill();
    upstreams.kill();
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endAll);
  return {
    upstreams,
    folder,
    async start(target, env = {}) {
      const request = target.request('free-post', first, first.variables[0] ?? {});
      if (request === null) throw new Error(`${target.name} takes no request`);
      const { addresses } = upstreams;
      const server = await startTarget(target, { upstreams: addresses, folder, manifestPath }, request, env);
      running.add(server);
      return server;
    },
    async stop(server) {
      running.delete(server);
      await stopProcess(server.child);
    },
    async close() {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, endAll);
      await Promise.all([...running].map(({ child }) => stopProcess(child)));
      await upstreams.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Installs the packages of the peers, unless those of the lock file are there. */
export function installPeers(): void {
  const lock = join(PACKAGE, 'package-lock.json');
  const installed = join(PACKAGE, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: PACKAGE,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The packages of the peers cannot be installed');
}

/** Builds what a checkout's `npm start` would run, where that is older than its source. */
export function buildGateway(root: string): void {
  const { status } = spawnSync('npm', ['run', '--silent', '--if-present', 'build:if-stale'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`The gateway in ${root} cannot be built`);
}
