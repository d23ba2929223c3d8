import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locatedErrors } from '../support/located-errors.ts';
import { pick, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.forgetCalls());
afterAll(() => gateway.stop());

/** Expects one error, with its code and path, null in place of the field, and not one upstream call. */
async function expectRefusal(
  query: string,
  error: string,
  variables?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await gateway.answer(query, variables);
  expect({ query, errors: locatedErrors(answer) }).toEqual({ query, errors: [error] });
  expect(gateway.calls()).toEqual({});
}

describe('a page size', () => {
  it.each(['customers', 'plans'])('outside 0 to 100 is refused at %s', async (field) => {
    for (const first of [-1, 101, 2_147_483_647, -2_147_483_648]) {
      await expectRefusal(`{ ${field}(first: ${first}) { nodes { id } } }`, `BAD_USER_INPUT - at ${field}`);
    }
  });

  it('outside 0 to 100 is refused below an account before any list is read', async () => {
    const lists = ['plans', 'charges', 'invoices', 'costs'];
    const window = 'from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z", ';
    const fields = lists.map(
      (list) => `${list}(${list === 'costs' ? window : ''}first: 101) { nodes { __typename } }`,
    );
    const answer = await gateway.answer(`{ account(identifier: "acct_1001") { name ${fields.join(' ')} } }`);
    expect(locatedErrors(answer)).toEqual(
      lists.toSorted().map((list) => `BAD_USER_INPUT - at account.${list}`),
    );
    expect(pick(answer.data, 'account', 'name')).toBe('Orchard Labs');
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 });
  });

  it('that is null means the default', async () => {
    const data = await gateway.data('{ customers(first: null) { nodes { id } } }');
    expect(pick(data, 'customers', 'nodes')).toHaveLength(20);
  });

  it('that is no whole number is refused', async () => {
    await expectRefusal('{ customers(first: 1.5) { nodes { id } } }', 'BAD_USER_INPUT - at ');
    await expectRefusal(
      'query ($first: Int) { customers(first: $first) { nodes { id } } }',
      'BAD_USER_INPUT - at ',
      {
        first: '20',
      },
    );
  });
});

describe('a filter', () => {
  const CUSTOMER_FILTERS = [
    '{ providers: [] }',
    '{ status: UNKNOWN }',
    '{ identifier: "" }',
    '{ search: "a" }',
    '{ search: "a", providers: [METRONOME] }',
    '{ search: "a", providers: [METRONOME, MAPLE] }',
    '{ search: "", providers: [MAPLE] }',
  ];
  it.each(CUSTOMER_FILTERS)('of customers such as %s is refused', async (filter) => {
    await expectRefusal(`{ customers(filter: ${filter}) { nodes { id } } }`, 'BAD_USER_INPUT - at customers');
  });

  it('of plans without a provider is refused', async () => {
    await expectRefusal('{ plans(filter: { providers: [] }) { nodes { id } } }', 'BAD_USER_INPUT - at plans');
  });

  const INVOICE_FILTERS = [
    '{ providers: [] }',
    '{ statuses: [] }',
    '{ from: "2026-06-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }',
    '{ from: "2026-06-02T00:00:00Z", to: "2026-06-01T00:00:00Z" }',
    '{ from: "2026-06-01T00:00:00+02:00", to: "2026-05-31T22:00:00Z" }',
  ];
  it.each(INVOICE_FILTERS)('of invoices such as %s is refused before invoices are read', async (filter) => {
    const answer = await gateway.answer(
      `{ account(identifier: "acct_1001") { invoices(filter: ${filter}) { nodes { id } } customers { invoices(filter: ${filter}) { nodes { id } } } } }`,
    );
    expect(locatedErrors(answer)).toEqual([
      'BAD_USER_INPUT - at account.customers.0.invoices',
      'BAD_USER_INPUT - at account.customers.1.invoices',
      'BAD_USER_INPUT - at account.invoices',
    ]);
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 });
  });

  it('with a member that does not exist is refused', async () => {
    await expectRefusal('{ customers(filter: { nmae: "x" }) { nodes { id } } }', 'BAD_USER_INPUT - at ');
    await expectRefusal('{ customers(filter: { status: GONE }) { nodes { id } } }', 'BAD_USER_INPUT - at ');
  });
});

describe('a window of costs', () => {
  it.each([
    ['from: "2026-06-01T00:00:00Z", to: "2026-06-01T00:00:00Z"'],
    ['from: "2026-07-01T00:00:00Z", to: "2026-06-01T00:00:00Z"'],
  ])('without a length, %s, is refused before costs are read', async (window) => {
    const answer = await gateway.answer(
      `{ account(identifier: "acct_1001") {
        costs(${window}) { nodes { basis } }
        costTotals(${window}) { amount }
        customers { costs(${window}) { nodes { basis } } }
      } }`,
    );
    expect(locatedErrors(answer)).toEqual([
      'BAD_USER_INPUT - at account.costTotals',
      'BAD_USER_INPUT - at account.costs',
      'BAD_USER_INPUT - at account.customers.0.costs',
      'BAD_USER_INPUT - at account.customers.1.costs',
    ]);
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers': 1, 'MAPLE POST /customers/find': 1 });
  });

  const DATES = [
    '',
    'yesterday',
    '2026-06-01',
    '2026-06-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '2026-06-01 00:00:00Z',
    '1780272000',
  ];
  it.each(DATES)(
    'that starts at "%s" is refused, as a literal and as a variable, without repeating it',
    async (date) => {
      const fields = 'costTotals(from: %FROM, to: "2026-07-01T00:00:00Z") { amount }';
      const literal = `{ account(identifier: "acct_1001") { ${fields.replace('%FROM', JSON.stringify(date))} } }`;
      await expectRefusal(literal, 'BAD_USER_INPUT - at ');
      const variable = `query ($from: DateTime!) { account(identifier: "acct_1001") { ${fields.replace('%FROM', '$from')} } }`;
      await expectRefusal(variable, 'BAD_USER_INPUT - at ', { from: date });
      const { errors } = await gateway.answer(variable, { from: `${date} canary` });
      expect(errors?.[0]?.message).toContain('$from');
      expect(JSON.stringify(errors)).not.toContain('canary');
    },
  );
});

describe('an identifier', () => {
  it('that is empty is refused', async () => {
    await expectRefusal('{ account(identifier: "") { id } }', 'BAD_USER_INPUT - at account');
  });

  it('is free text: what would be hostile as an id is asked for as it is', async () => {
    const identifiers = [
      'legacy/eu/1002',
      '../../etc/passwd',
      'a?b=c&d#e',
      '%2e%2e',
      'Konto Süd 1002',
      'a,b',
      '"; --',
    ];
    for (const identifier of identifiers) {
      gateway.forgetCalls();
      await gateway.data('query ($identifier: String!) { account(identifier: $identifier) { id } }', {
        identifier,
      });
      expect(gateway.metronome.requests.map(({ path }) => path)).toContain('/v1/customers');
      expect(gateway.metronome.requests[0]?.query.get('ingest_alias')).toBe(identifier);
      expect(pick(gateway.maple.requests[0]?.body, 'query', 'identifier')).toBe(identifier);
    }
  });

  it('with a slash or letters beyond ASCII finds its account', async () => {
    for (const identifier of ['legacy/eu/1002', 'Konto Süd 1002']) {
      const data = await gateway.data(
        'query ($i: String!) { account(identifier: $i) { identifier customers { identifiers } } }',
        {
          i: identifier,
        },
      );
      expect(pickText(data, 'account', 'identifier')).toBe(identifier);
      expect(pick(data, 'account', 'customers', 0, 'identifiers')).toContain(identifier);
    }
  });
});

describe('a refusal', () => {
  it('of a variable names it and does not repeat its value', async () => {
    const query = `query ($first: Int, $filter: CustomerFilter) {
      customers(first: $first, filter: $filter) { nodes { id } }
    }`;
    for (const [name, variables] of [
      ['$first', { first: 'canary' }],
      ['$filter', { filter: 'canary' }],
      ['$filter', { filter: { status: 'canary' } }],
      ['$filter', { filter: { canary: true } }],
      ['$filter', { filter: { providers: ['MAPLE', 'canary'] } }],
    ] as const) {
      const { errors } = await gateway.answer(query, variables);
      expect(locatedErrors({ errors: errors ?? [] })).toEqual(['BAD_USER_INPUT - at ']);
      expect(pickText(errors, 0, 'message')).toContain(name);
      expect(JSON.stringify(errors)).not.toContain('canary');
    }
    expect(gateway.calls()).toEqual({});
  });

  it('of one field leaves the others alone', async () => {
    const answer = await gateway.answer(
      '{ customers(first: 101) { nodes { id } } plans(first: 1) { nodes { id } } }',
    );
    expect(locatedErrors(answer)).toEqual(['BAD_USER_INPUT - at customers']);
    expect(pick(answer.data, 'customers')).toBeNull();
    expect(pick(answer.data, 'plans', 'nodes')).toHaveLength(1);
  });

  it('of a whole operation says where in the document', async () => {
    const { errors } = await gateway.answer('{ customers { nodes { nmae } } }');
    expect(pick(errors, 0, 'locations', 0)).toEqual({ line: 1, column: 23 });
    expect(locatedErrors({ errors: errors ?? [] })).toEqual(['BAD_USER_INPUT - at ']);
    await expectRefusal('{', 'BAD_USER_INPUT - at ');
    await expectRefusal('query A { __typename } query B { __typename }', 'BAD_USER_INPUT - at ');
  });
});
