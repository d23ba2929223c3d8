import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

/** Which of two cores a process is kept on: servers under test have the first for themselves. */
export type Core = keyof typeof CORES;

const CORES = { server: '0', driver: '1', both: '0,1' } as const;
/** Where taskset and wrk are. */
const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';
const NANOSECONDS_PER_MS = 1_000_000;

/** Whether processes can be kept on cores of their own here. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).error === undefined;

/** A command that runs on one core, where that can be had. */
function pinned(core: Core, command: string, args: readonly string[]): [string, string[]] {
  return canPin ? ['taskset', ['-c', CORES[core], command, ...args]] : [command, [...args]];
}

/** Starts a process on a core. Its errors show; what it says otherwise is the caller's to read. */
export function startPinned(
  core: Core,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(...pinned(core, command, args), {
    env: { PATH: SYSTEM_PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Ends a process, and waits until it has ended. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}

/** Processor time of a process and its children so far, in milliseconds; null where the system does not tell. */
export async function cpuMsOf(pid: number): Promise<number | null> {
  try {
    const times = await Promise.all([pid, ...(await childrenOf(pid))].map(ownCpuMs));
    return times.reduce((sum, ms) => sum + ms, 0);
  } catch {
    return null;
  }
}

/** Resident memory of a process and its children, in bytes; null where the system does not tell. */
export async function residentBytesOf(pid: number): Promise<number | null> {
  try {
    const sizes = await Promise.all([pid, ...(await childrenOf(pid))].map(ownResidentBytes));
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return null;
  }
}

/** The processes that do the work of one: those that it has started, or itself. */
export async function workersOf(pid: number): Promise<readonly number[]> {
  const children = await childrenOf(pid);
  return children.length === 0 ? [pid] : children;
}

/** Processes that a process has started. */
async function childrenOf(pid: number): Promise<number[]> {
  const lists = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map((task) =>
      readFile(`/proc/${pid}/task/${task}/children`, 'utf8'),
    ),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function ownCpuMs(pid: number): Promise<number> {
  const tasks = `/proc/${pid}/task`;
  const times = await Promise.all(
    (await readdir(tasks)).map((task) => readFile(`${tasks}/${task}/schedstat`, 'utf8')),
  );
  return times.reduce((sum, text) => sum + Number(text.split(' ')[0]) / NANOSECONDS_PER_MS, 0);
}

async function ownResidentBytes(pid: number): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}
