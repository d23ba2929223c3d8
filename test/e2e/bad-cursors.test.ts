import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locatedErrors } from '../support/located-errors.ts';
import { pick, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

let gateway: TestGateway;
let customerCursor = '';
let planCursor = '';
beforeAll(async () => {
  gateway = await startTestGateway();
  const data = await gateway.data(
    '{ customers(first: 2) { pageInfo { endCursor } } plans(first: 2) { pageInfo { endCursor } } }',
  );
  customerCursor = pickText(data, 'customers', 'pageInfo', 'endCursor');
  planCursor = pickText(data, 'plans', 'pageInfo', 'endCursor');
});
beforeEach(() => gateway.forgetCalls());
afterAll(() => gateway.stop());

const CUSTOMERS =
  'query ($after: String, $filter: CustomerFilter) { customers(first: 2, after: $after, filter: $filter) { nodes { id } } }';

async function expectInvalid(after: string, filter?: object): Promise<void> {
  const answer = await gateway.answer(CUSTOMERS, { after, filter });
  expect({ after, errors: locatedErrors(answer) }).toEqual({
    after,
    errors: ['INVALID_CURSOR - at customers'],
  });
  expect(answer.data).toEqual({ customers: null });
  expect(gateway.calls()).toEqual({});
}

describe('a cursor', () => {
  it('is accepted where it comes from', async () => {
    const data = await gateway.data(CUSTOMERS, { after: customerCursor });
    expect(pick(data, 'customers', 'nodes')).toHaveLength(2);
  });

  it('is made of letters that a URL takes as they are', () => {
    expect(customerCursor).toMatch(/^[\w-]+$/);
  });

  it.each(['', ' ', '0', 'null', 'not-a-cursor', '=', '\0', '\uD800', 'x'.repeat(100_000)])(
    'that is made up (%j) is invalid',
    async (after) => {
      await expectInvalid(after);
    },
  );

  it('with any of its letters changed is invalid', async () => {
    for (let at = 0; at < customerCursor.length; at += 1) {
      const other = customerCursor[at] === 'A' ? 'B' : 'A';
      await expectInvalid(`${customerCursor.slice(0, at)}${other}${customerCursor.slice(at + 1)}`);
    }
  });

  it('that is cut, lengthened or padded is invalid', async () => {
    for (const after of [
      customerCursor.slice(1),
      customerCursor.slice(0, -1),
      `${customerCursor}A`,
      `${customerCursor}=`,
      ` ${customerCursor}`,
    ]) {
      await expectInvalid(after);
    }
  });

  it('of another connection is invalid', async () => {
    await expectInvalid(planCursor);
  });

  it.each([
    { status: 'ARCHIVED' },
    { identifier: 'acct_1001' },
    { providers: ['MAPLE'] },
    { providers: ['MAPLE'], search: 'a' },
  ])('given without a filter is invalid with the filter %j', async (filter) => {
    await expectInvalid(customerCursor, filter);
  });

  it('does not mind in which order a filter names its members', async () => {
    const query = `query ($after: String, $statuses: [InvoiceStatus!]) {
      account(identifier: "acct_1001") {
        invoices(first: 2, after: $after, filter: { statuses: $statuses, providers: [MAPLE, METRONOME] }) {
          nodes { id }
          pageInfo { endCursor }
        }
      }
    }`;
    const page = await gateway.data(query, { statuses: ['PAID', 'OPEN'] });
    const after = pickText(page, 'account', 'invoices', 'pageInfo', 'endCursor');
    const next = await gateway.data(query, { after, statuses: ['OPEN', 'PAID'] });
    expect(pick(next, 'account', 'invoices', 'nodes')).toHaveLength(2);
    const other = await gateway.answer(query, { after, statuses: ['OPEN'] });
    expect(locatedErrors(other)).toEqual(['INVALID_CURSOR - at account.invoices']);
  });

  it.each(['plans', 'charges', 'invoices'])(
    'of one account is invalid for the %s of another',
    async (list) => {
      const query = `query ($identifier: String!, $after: String) {
      account(identifier: $identifier) { ${list}(first: 1, after: $after) { nodes { id } pageInfo { endCursor } } }
    }`;
      const page = await gateway.data(query, { identifier: 'acct_1001' });
      const after = pickText(page, 'account', list, 'pageInfo', 'endCursor');
      const other = await gateway.answer(query, { identifier: 'acct_1002', after });
      expect(locatedErrors(other)).toEqual([`INVALID_CURSOR - at account.${list}`]);
    },
  );

  it('of one window of costs is invalid in another', async () => {
    const query = `query ($to: DateTime!, $after: String) {
      account(identifier: "acct_1001") {
        costs(from: "2026-06-01T00:00:00Z", to: $to, first: 1, after: $after) { nodes { basis } pageInfo { endCursor } }
      }
    }`;
    const page = await gateway.data(query, { to: '2026-07-01T00:00:00Z' });
    const after = pickText(page, 'account', 'costs', 'pageInfo', 'endCursor');
    const other = await gateway.answer(query, { to: '2026-07-02T00:00:00Z', after });
    expect(locatedErrors(other)).toEqual(['INVALID_CURSOR - at account.costs']);
    const same = await gateway.data(query, { to: '2026-07-01T02:00:00+02:00', after });
    expect(pick(same, 'account', 'costs', 'nodes')).toHaveLength(1);
  });

  it('of an account is invalid for the customer behind it', async () => {
    const page = await gateway.data(`{
      account(identifier: "acct_1001") {
        customers { id }
        invoices(first: 1, filter: { providers: [METRONOME] }) { pageInfo { endCursor } }
      }
    }`);
    const answer = await gateway.answer(
      'query ($id: ID!, $after: String) { customer(id: $id) { invoices(after: $after) { nodes { id } } } }',
      {
        id: pickText(page, 'account', 'customers', 0, 'id'),
        after: pickText(page, 'account', 'invoices', 'pageInfo', 'endCursor'),
      },
    );
    expect(locatedErrors(answer)).toEqual(['INVALID_CURSOR - at customer.invoices']);
  });

  it('outlives the gateway that gave it, for all gateways with the same tokens', async () => {
    const other = await startTestGateway();
    try {
      const data = await other.data(CUSTOMERS, { after: customerCursor });
      expect(data).toEqual(await gateway.data(CUSTOMERS, { after: customerCursor }));
    } finally {
      await other.stop();
    }
  });

  it('of a gateway with other tokens is invalid', async () => {
    const other = await startTestGateway({ env: { CURSOR_KEY: 'another key of some length' } });
    try {
      const answer = await other.answer(CUSTOMERS, { after: customerCursor });
      expect(locatedErrors(answer)).toEqual(['INVALID_CURSOR - at customers']);
    } finally {
      await other.stop();
    }
  });
});
