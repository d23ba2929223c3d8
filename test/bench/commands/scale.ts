import { z } from 'zod';
import { number } from '../report/case-table.ts';
import type { Bench } from '../run/bench.ts';
import { countUpstream } from '../run/count-upstream.ts';
import { drive } from '../run/drive.ts';
import { cpuMsOf } from '../run/pinned-process.ts';
import { sendRequest, type StartedTarget } from '../run/started-target.ts';
import { gateway } from '../targets/gateway.ts';
import type { BenchRequest } from '../targets/target.ts';
import { workload } from '../workloads.ts';
import { markdownTable, type Section } from './section.ts';

const SECONDS = 3;
/** Customers, and invoices of each. */
const SIZES = [
  [10, 0],
  [10, 9],
  [100, 9],
  [100, 100],
] as const;
const DEPTHS = [1, 2, 10, 40];
const CONNECTIONS = [1, 10, 50, 200, 500];

const page = z.object({
  data: z.object({ customers: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) }),
});

/** How the cost of a query grows: with the nodes it asks for, with the depth of its page, with the queries at once. */
export async function scale(bench: Bench, say: (text: string) => void): Promise<Section> {
  const server = await bench.start(gateway);
  const rows: string[][] = [];
  const measure = async (
    what: string,
    nodes: number,
    requests: readonly BenchRequest[],
    connections: number,
  ) => {
    await drive(server.url, requests, { connections, seconds: SECONDS }, bench.folder);
    const calls = await countUpstream(server.url, requests, connections, bench.upstreams);
    const cpu = await cpuMsOf(server.pid);
    const driven = await drive(server.url, requests, { connections, seconds: SECONDS }, bench.folder);
    const cpuMs = ((await cpuMsOf(server.pid)) ?? Number.NaN) - (cpu ?? Number.NaN);
    rows.push([
      what,
      String(nodes),
      String(connections),
      number(calls, 1),
      number(driven.requests / driven.seconds, 0),
      number(cpuMs / driven.requests, 3),
      number((cpuMs / driven.requests / nodes) * 1000, 1),
      number(driven.p50Ms, 1),
      number(driven.p99Ms, 1),
      String(driven.failures),
    ]);
    say(rows.at(-1)?.join('  ') ?? '');
  };
  for (const [customers, invoices] of SIZES) {
    const nodes = customers * (1 + invoices);
    await measure(
      `${customers} customers, ${invoices} invoices each`,
      nodes,
      [sized(customers, invoices)],
      4,
    );
  }
  for (const depth of DEPTHS) await measure(`page ${depth} of 20`, 20, [await pageAt(server, depth)], 50);
  const asked = workload('list', 'mixed');
  const requests = asked.variables.flatMap((each) => gateway.request('persisted-post', asked, each) ?? []);
  for (const connections of CONNECTIONS) await measure('a page of 20', 20, requests, connections);
  await bench.stop(server);
  const head = ['Query', 'Nodes', 'Connections', 'Upstream requests', 'Requests per second'];
  const costs = ['CPU ms per request', 'CPU µs per node', 'p50 ms', 'p99 ms', 'Failed'];
  return { name: 'scale', markdown: markdownTable([...head, ...costs], rows) };
}

function sized(customers: number, invoices: number): BenchRequest {
  const list =
    invoices === 0 ? '' : `invoices(first: ${invoices}) { nodes { id status total { amount currency } } }`;
  return free(
    `{ customers(first: ${customers}, filter: { providers: [METRONOME] }) { nodes { id name ${list} } } }`,
  );
}

/** The request of a page, found by walking there. */
async function pageAt(server: StartedTarget, depth: number): Promise<BenchRequest> {
  const document = `query Page($after: String) {
    customers(first: 20, after: $after, filter: { providers: [METRONOME] }) { nodes { id name } pageInfo { endCursor } }
  }`;
  let request = free(document);
  for (let place = 1; place < depth; place += 1) {
    const { text } = await sendRequest(server.url, request);
    const { endCursor } = page.parse(JSON.parse(text)).data.customers.pageInfo;
    request = free(document, { after: endCursor });
  }
  return request;
}

function free(document: string, variables: object = {}): BenchRequest {
  const request = gateway.request('free-post', { operation: 'customers', document, sha256: '' }, variables);
  if (request === null) throw new Error('The gateway takes no document');
  return request;
}
