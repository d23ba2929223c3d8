import cluster from 'node:cluster';
import type { ProcessRole } from '../running-process.ts';

/** The first process looks after workers, and loads nothing of the gateway; those it starts are the workers. */
export async function roleByCluster(): Promise<ProcessRole> {
  if (cluster.worker === undefined) return (await import('./start-workers.ts')).supervisor;
  return (await import('./start-worker.ts')).workerRole(cluster.worker);
}
