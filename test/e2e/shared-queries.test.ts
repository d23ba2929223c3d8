import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const invoices = (first: number): string =>
  `{ customers(first: ${first}) { nodes { id name invoices(first: 2) { nodes { id total { amount currency } } } } } }`;
const QUERIES = [
  ...[1, 2, 3, 5].map(invoices),
  '{ plans(first: 5) { nodes { id name } pageInfo { hasNextPage endCursor } } }',
  '{ customerByProviderId(provider: MAPLE, providerId: "nobody") { id } }',
];
const ASKED_AT_ONCE = 50;

describe('queries that many clients ask at the same time', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const countCalls = (): number => Object.values(gateway.calls()).reduce((sum, count) => sum + count, 0);

  it('are answered as each of them is alone, with fewer upstream calls', async () => {
    const alone: unknown[] = [];
    for (const query of QUERIES) alone.push(await gateway.answer(query));
    const callsOfEach = countCalls();
    gateway.forgetCalls();
    const asked = QUERIES.flatMap((query, at) =>
      Array.from({ length: ASKED_AT_ONCE }, () => ({ query, at })),
    );
    await Promise.all(
      asked.map(async ({ query, at }) => {
        expect(await gateway.answer(query)).toEqual(alone[at]);
      }),
    );
    expect(countCalls()).toBeGreaterThan(0);
    expect(countCalls()).toBeLessThan((callsOfEach * ASKED_AT_ONCE) / 2);
  });
});
