import { onTestFinished } from 'vitest';
import type { BillingSource } from '../../../src/domain/provider/billing-source.ts';
import type {
  RecordedRequest,
  SandboxFault,
  SandboxServerOptions,
} from '../../../src/sandbox/http/sandbox-server.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { DEFAULT_SANDBOX_NOW } from '../../../src/sandbox/sandbox-clock.ts';
import { UpstreamClient } from '../../../src/upstream/http/upstream-client.ts';
import { createMetronomeSource } from '../../../src/upstream/metronome/source.ts';

/** A Metronome source over HTTP to a sandbox of its own, both ended with the test. */
export interface SandboxedSource {
  readonly source: BillingSource;
  /** A source for another GraphQL request, over the same connections. */
  readonly anotherSource: () => BillingSource;
  /** The calls since the last look, as path and query with the query's values as they were meant. */
  readonly calls: () => string[];
}

export async function sandboxedSource(options: SandboxServerOptions = {}): Promise<SandboxedSource> {
  const sandbox = await startMetronomeSandbox({ companyCount: 60, ...options });
  const { url, token, requests } = sandbox;
  const client = new UpstreamClient({ provider: 'METRONOME', baseUrl: url, token, timeoutMs: 5_000 });
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  const now = () => DEFAULT_SANDBOX_NOW;
  const anotherSource = () =>
    createMetronomeSource({ client, signal: new AbortController().signal, now, sandbox: true });
  return {
    source: anotherSource(),
    anotherSource,
    calls: () => requests.splice(0).map(callText),
  };
}

function callText({ method, path, query }: RecordedRequest): string {
  const members = [...query].map(([name, value]) => `${name}=${name === 'next_page' ? '…' : value}`);
  return `${method} ${path}${members.length === 0 ? '' : `?${members.join('&')}`}`;
}

/** Answers the paths that it names with a body of the test's own, or with a failing status. */
export function answers(byPath: Readonly<Record<string, object | number>>) {
  return ({ path }: RecordedRequest): SandboxFault | undefined => {
    const answer = byPath[path];
    if (answer === undefined) return undefined;
    return typeof answer === 'number'
      ? { kind: 'answer', status: answer, body: '{"message":"told to"}' }
      : { kind: 'answer', status: 200, body: JSON.stringify(answer) };
  };
}

/** A list with nothing after it. */
export function lastPage(...rows: readonly object[]) {
  return { data: rows, next_page: null };
}
