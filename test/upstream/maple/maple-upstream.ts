import { stringify } from 'lossless-json';
import type { BillingSource } from '../../../src/domain/provider/billing-source.ts';
import type { RecordedRequest, SandboxFault } from '../../../src/sandbox/http/sandbox-server.ts';
import { startMapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { UpstreamClient } from '../../../src/upstream/http/upstream-client.ts';
import type { MaplePriceUnit } from '../../../src/upstream/maple/price-scale.ts';
import { createMapleSource } from '../../../src/upstream/maple/source.ts';

/** What a test has the upstream answer in place of the sandbox: a body with status 200, or a fault. */
type Scripted = (request: RecordedRequest) => { readonly body: unknown } | SandboxFault;

/** The Maple sandbox over real HTTP, with a client to it. */
export interface MapleUpstream {
  /** A source as one GraphQL request has it. */
  source(priceUnit?: MaplePriceUnit): BillingSource;
  /** Answers one operation, such as `POST /invoices/find`, by the test's own script until `reset`. */
  script(operation: string, answer: Scripted): void;
  /** The operations called since the last `reset`, in order. */
  calls(): string[];
  /** The requests behind `calls`. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets calls and scripts. */
  reset(): void;
  close(): Promise<void>;
}

export async function startMapleUpstream(options: { maxPageSize?: number } = {}): Promise<MapleUpstream> {
  const scripts = new Map<string, Scripted>();
  const onRequest = (request: RecordedRequest): SandboxFault | undefined => {
    const answer = scripts.get(operationOf(request))?.(request);
    if (answer === undefined || 'kind' in answer) return answer;
    return { kind: 'answer', status: 200, body: stringify(answer.body) ?? '' };
  };
  const sandbox = await startMapleSandbox({ ...options, onRequest });
  const { url: baseUrl, token, companyId, requests } = sandbox;
  const client = new UpstreamClient({ provider: 'MAPLE', baseUrl, token, timeoutMs: 5_000 });
  return {
    source: (priceUnit = 'unknown') =>
      createMapleSource({
        client,
        signal: new AbortController().signal,
        sandbox: true,
        companyId,
        priceUnit,
      }),
    script: (operation, answer) => scripts.set(operation, answer),
    calls: () => requests.map(operationOf),
    requests,
    reset() {
      requests.length = 0;
      scripts.clear();
    },
    async close() {
      await client.close();
      await sandbox.close();
    },
  };
}

function operationOf({ method, path }: RecordedRequest): string {
  return `${method} ${path.replace('/api/v1/companies/cmp_sandbox', '')}`;
}

/** A find's answer with these rows and nothing after them. */
export function found(...results: unknown[]): { body: unknown } {
  return { body: { pagination: {}, results } };
}
