import { pick } from './pick.ts';
import type { TestGateway } from './test-gateway.ts';

/** What an operation has cost, as its client is told. */
export interface AskedCost {
  readonly requested: CostNumbers;
  readonly actual: CostNumbers;
  readonly limit: CostNumbers;
}

interface CostNumbers {
  readonly nodes: number;
  readonly upstreamCalls: number;
}

/** The whole answer to an operation, together with its cost. */
export async function answerWithCost(
  { url }: Pick<TestGateway, 'url'>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly body: unknown; readonly cost: AskedCost }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, extensions: { cost: true } }),
  });
  const body: unknown = await response.json();
  return { body, cost: costIn(body) };
}

/** The cost that an answer tells; throws where it tells none. */
export function costIn(body: unknown): AskedCost {
  const numbers = (name: string): CostNumbers => ({
    nodes: Number(pick(body, 'extensions', 'cost', name, 'nodes')),
    upstreamCalls: Number(pick(body, 'extensions', 'cost', name, 'upstreamCalls')),
  });
  return { requested: numbers('requested'), actual: numbers('actual'), limit: numbers('limit') };
}

/** How many requests both upstreams have got. */
export function callCount(gateway: Pick<TestGateway, 'calls'>): number {
  return Object.values(gateway.calls()).reduce((sum, count) => sum + count, 0);
}
