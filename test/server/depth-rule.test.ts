import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Below an account: its customers, their accounts, and so on, this many levels of fields. */
function nested(levels: number, inner = 'customers'): string {
  if (levels === 1) return 'name';
  return `${inner} { ${nested(levels - 1, inner === 'customers' ? 'account' : 'customers')} }`;
}

describe('the depth of an operation', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ env: { MAX_DEPTH: '6', PERSISTED_OPERATIONS: 'off' } });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.forgetCalls();
  });

  it('may be as large as the limit', async () => {
    const { errors } = await gateway.answer(`{ account(identifier: "acct_1001") { ${nested(5)} } }`);
    expect(errors).toBeUndefined();
  });

  it.each([
    ['written out', `{ account(identifier: "acct_1001") { ${nested(6)} } }`],
    [
      'in fragments',
      `{ account(identifier: "acct_1001") { ...A } }
       fragment A on Account { customers { account { ...B } } }
       fragment B on Account { customers { ... on Customer { account { customers { name } } } } }`,
    ],
  ])('beyond the limit is refused without an upstream call, %s', async (_how, query) => {
    const { data, errors } = await gateway.answer(query);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('ends for fragments that go round, which are refused as such', async () => {
    const query =
      '{ account(identifier: "a") { ...A } } fragment A on Account { customers { account { ...A } } }';
    const { errors } = await gateway.answer(query);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('does not count introspection', async () => {
    const { errors } = await gateway.answer(getIntrospectionQuery());
    expect(errors).toBeUndefined();
  });
});
