import type { Form } from '../targets/target.ts';
import type { Workload } from '../workloads.ts';
import { drive, type Driven, type Load } from './drive.ts';
import { countUpstream } from './count-upstream.ts';
import { cpuMsOf } from './pinned-process.ts';
import { warmUp } from './warm-up.ts';
import type { StartedTarget } from './started-target.ts';
import type { StartedUpstreams } from './started-upstreams.ts';

/** What is measured together, so that its rounds alternate. */
export interface BenchCase {
  readonly workload: Workload;
  readonly form: Form;
  readonly delayMs: number;
}

/** One server in one round; its requests are those that were answered without errors. */
export interface Sample extends Driven {
  /** Processor time of the server per request; null where the system does not tell. */
  readonly cpuMsPerRequest: number | null;
  /** How busy the server kept its core, 0 to 1. */
  readonly serverBusy: number | null;
  /** How busy the upstreams kept theirs, which the driver needs too. */
  readonly upstreamsBusy: number | null;
}

/** One server in all rounds. */
export interface ServerSamples {
  readonly name: string;
  /** Upstream requests per query, of queries that all ended. */
  readonly upstreamPerQuery: number;
  readonly rounds: readonly Sample[];
}

interface CasePlan {
  readonly servers: readonly StartedTarget[];
  readonly upstreams: StartedUpstreams;
  readonly rounds: number;
  readonly load: Load;
  readonly folder: string;
}

/** Runs all servers that know the form, in alternating rounds, after a round that counts for nothing. */
export async function measureCase(
  { workload, form, delayMs }: BenchCase,
  { servers, upstreams, rounds, load, folder }: CasePlan,
): Promise<ServerSamples[]> {
  await upstreams.delay(delayMs);
  const runs = servers.flatMap((server) => {
    const { target } = server;
    const requests = workload.variables.flatMap(
      (variables) => target.request(form, workload, variables) ?? [],
    );
    return requests.length === 0
      ? []
      : [{ server, requests, rounds: Array.of<Sample>(), upstreamPerQuery: 0 }];
  });
  for (const run of runs) {
    await warmUp(run.server, { workload, requests: run.requests, connections: load.connections, folder });
    run.upstreamPerQuery = await countUpstream(run.server.url, run.requests, load.connections, upstreams);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { server, requests, rounds: samples } of round % 2 === 0 ? runs : runs.toReversed()) {
      await upstreams.quiet();
      const before = await cpuOf(server, upstreams);
      const driven = await drive(server.url, requests, load, folder);
      samples.push(sampleOf(driven, before, await cpuOf(server, upstreams)));
    }
  }
  return runs.map(({ server, upstreamPerQuery, rounds: samples }) => ({
    name: server.target.name,
    upstreamPerQuery,
    rounds: samples,
  }));
}

interface CpuTimes {
  readonly server: number | null;
  readonly upstreams: number | null;
}

async function cpuOf(server: StartedTarget, upstreams: StartedUpstreams): Promise<CpuTimes> {
  return { server: await cpuMsOf(server.pid), upstreams: await cpuMsOf(upstreams.pid) };
}

function sampleOf(driven: Driven, before: CpuTimes, after: CpuTimes): Sample {
  const serverMs = difference(after.server, before.server);
  const upstreamsMs = difference(after.upstreams, before.upstreams);
  const wallMs = driven.seconds * 1000;
  return {
    ...driven,
    cpuMsPerRequest: serverMs === null ? null : serverMs / driven.requests,
    serverBusy: serverMs === null ? null : serverMs / wallMs,
    upstreamsBusy: upstreamsMs === null ? null : upstreamsMs / wallMs,
  };
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}
