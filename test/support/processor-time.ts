import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Whether the system tells what processor time a process has taken. */
export const TELLS_PROCESSOR_TIME = existsSync('/proc/self/stat');
/** What Linux counts in, on every common machine. */
const TICK_MS = 10;

/** What a process has taken so far, in its own code and in the system's for it. Steps of ten milliseconds. */
export function processorMs(pid: number): number {
  // Behind the name, which may hold blanks: the state is the third field, and these are fields 14 and 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Keeps all threads of a process on one processor, where the machine has the tool for it. */
export function pinToOneProcessor(pid: number): void {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', '0', String(pid)], { stdio: 'ignore' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
