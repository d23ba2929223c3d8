import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where version 1 of control groups limits processor time. */
const CPU_GROUPS = '/sys/fs/cgroup/cpu';
/** Short, so that a process never stands still for long. */
const PERIOD_US = 10_000;

/** Whether processes can be limited to a share of a core here: that takes Linux, and its administrator. */
export const canShareCores = process.getuid?.() === 0 && existsSync(join(CPU_GROUPS, 'cpu.cfs_quota_us'));

/**
 * Limits each of some processes, with all its threads, to a share of a core.
 *
 * @param share of one core: 0.25 is a quarter
 * @returns what removes the limits again, once the processes have ended
 */
export async function shareCores(pids: readonly number[], share: number): Promise<() => Promise<void>> {
  const groups = pids.map((pid) => ({ pid, path: join(CPU_GROUPS, `gateway-bench-${pid}`) }));
  for (const { pid, path } of groups) {
    await mkdir(path);
    await writeFile(join(path, 'cpu.cfs_period_us'), String(PERIOD_US));
    await writeFile(join(path, 'cpu.cfs_quota_us'), String(Math.round(share * PERIOD_US)));
    await writeFile(join(path, 'cgroup.procs'), String(pid));
  }
  return async () => {
    for (const { path } of groups) await rmdir(path);
  };
}
