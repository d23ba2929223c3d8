import type { BenchRequest } from '../targets/target.ts';
import type { Workload } from '../workloads.ts';
import { drive } from './drive.ts';
import type { StartedTarget } from './started-target.ts';

/** What a server gets used to. */
interface Exercise {
  readonly workload: Pick<Workload, 'name' | 'traffic'>;
  readonly requests: readonly BenchRequest[];
  readonly connections: number;
  readonly folder: string;
}

/** So long V8 goes on compiling what is hot of the gateway, whose queries cost up to twice as much until then. */
const FIRST_SECONDS = 12;
/** For one that knows the workload in another form. */
const AGAIN_SECONDS = 3;

/** Asks a server until all that is hot has been compiled, and each upstream answer has been asked for once. */
export async function warmUp(server: StartedTarget, exercise: Exercise): Promise<void> {
  const { workload, requests, connections, folder } = exercise;
  const name = `${workload.name} ${workload.traffic}`;
  const seconds = server.knows.has(name) ? AGAIN_SECONDS : FIRST_SECONDS;
  server.knows.add(name);
  await drive(server.url, requests, { connections, seconds }, folder);
}
