import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

describe('account', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('asks each provider once however many aliases name the same account', async () => {
    gateway.forgetCalls();
    const aliases = Array.from({ length: 30 }, (_, index) => `a${index}: account(identifier: "acct_1001") { name }`);
    await gateway.data(`{ ${aliases.join(' ')} }`);
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 });
  });
});
