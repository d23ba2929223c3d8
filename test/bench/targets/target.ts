import type { UpstreamAddresses } from '../billing/upstream-calls.ts';
import type { Core } from '../run/pinned-process.ts';
import type { Workload } from '../workloads.ts';

/** How an operation is sent: its document, or its hash in a body or in the address. */
export const FORMS = ['free-post', 'persisted-post', 'persisted-get'] as const;
export type Form = (typeof FORMS)[number];

/** What a request is made of. */
export type AskedOperation = Pick<Workload, 'operation' | 'document' | 'sha256'>;

/** One HTTP request. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How to start a process. */
export interface Launch {
  /** Arguments of node. */
  readonly args: readonly string[];
  /** Beside what every process gets. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a server is started with. */
export interface LaunchFacts {
  readonly upstreams: UpstreamAddresses;
  readonly port: number;
  /** For files of this run. */
  readonly folder: string;
  readonly manifestPath: string;
}

/** A server that is measured. */
export interface Target {
  readonly name: string;
  /** What it is, with versions, for the report. */
  readonly title: string;
  /** Where it runs; with the core of servers to itself where this is left out. */
  readonly core?: Core;
  launch(facts: LaunchFacts): Launch;
  /** The request of a workload; null where the server has no such form. */
  request(form: Form, workload: AskedOperation, variables: object): BenchRequest | null;
}

/** The request of a server that takes documents, and hashes as GraphQL over HTTP spells them. */
export function graphqlRequest(
  form: Form,
  { document, sha256 }: Pick<AskedOperation, 'document' | 'sha256'>,
  variables: object,
  headers: Readonly<Record<string, string>> = {},
): BenchRequest {
  const accept = { ...headers, accept: 'application/graphql-response+json' };
  if (form === 'persisted-get') {
    const query = new URLSearchParams({
      documentId: `sha256:${sha256}`,
      variables: JSON.stringify(variables),
    });
    return { method: 'GET', path: `/graphql?${query.toString()}`, headers: accept };
  }
  return {
    method: 'POST',
    path: '/graphql',
    headers: { ...accept, 'content-type': 'application/json' },
    body: JSON.stringify(
      form === 'free-post' ? { query: document, variables } : { documentId: `sha256:${sha256}`, variables },
    ),
  };
}
