import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

describe('fields that the operation leaves out', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.forgetCalls();
  });

  const PLANS = `query ($name: Boolean!) {
    account(identifier: "acct_1001") {
      plans(first: 3) { nodes { id name @include(if: $name) description @skip(if: true) } }
    }
  }`;

  it.each([
    [false, 0],
    [true, 1],
  ])('cost no read of a plan (name included: %s)', async (name, reads) => {
    await gateway.data(PLANS, { name });
    expect(Math.min(gateway.calls()['MAPLE GET /bundles/:id'] ?? 0, 1)).toBe(reads);
  });

  it('give the account of a customer without a read where its identifier is all that is asked for', async () => {
    await gateway.data('{ customers(first: 4) { nodes { account { id identifier } } } }');
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 });
  });
});
