import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

describe('nodes', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('costs a malformed id its own place only', async () => {
    const good = encodeNodeId('Account', 'acct_1001');
    const { data, errors } = await gateway.answer(NODES, { ids: [good, 'nonsense', good] });
    expect(data).toEqual({ nodes: [{ id: good }, null, { id: good }] });
    expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors?.[0]?.message).toContain('"ids[1]"');
  });
});
