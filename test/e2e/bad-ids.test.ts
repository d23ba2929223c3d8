import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE_IDS } from '../support/hostile-ids.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { pick, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

let gateway: TestGateway;
const ids: Record<string, string> = {};
beforeAll(async () => {
  gateway = await startTestGateway();
  const data = await gateway.data(`{
    account(identifier: "acct_1001") {
      id
      customers { id }
      invoices(first: 1) { nodes { id } }
      charges(first: 1) { nodes { id } }
    }
    plans(first: 1) { nodes { id charges(first: 1) { nodes { id } } } }
  }`);
  ids['Account'] = pickText(data, 'account', 'id');
  ids['Customer'] = pickText(data, 'account', 'customers', 0, 'id');
  ids['Invoice'] = pickText(data, 'account', 'invoices', 'nodes', 0, 'id');
  ids['OneTimeCharge'] = pickText(data, 'account', 'charges', 'nodes', 0, 'id');
  ids['Plan'] = pickText(data, 'plans', 'nodes', 0, 'id');
  ids['PlanCharge'] = pickText(data, 'plans', 'nodes', 0, 'charges', 'nodes', 0, 'id');
});
beforeEach(() => gateway.forgetCalls());
afterAll(() => gateway.stop());

/** Every field that takes a global id, by its name. */
const BY_ID = ['node', 'customer', 'plan', 'invoice'] as const;

async function expectRefused(field: string, id: string): Promise<void> {
  const answer = await gateway.answer(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
  expect({ id, errors: locatedErrors(answer) }).toEqual({ id, errors: [`BAD_USER_INPUT - at ${field}`] });
  expect(answer.data).toEqual({ [field]: null });
}

/** A global id in the form that the gateway gives, around parts that it never would. */
function forged(...parts: readonly string[]): string {
  return Buffer.from(parts.map(encodeURIComponent).join(':')).toString('base64url');
}

describe('a global id', () => {
  it.each(BY_ID)('that is hostile text is refused by %s without an upstream call', async (field) => {
    expect(HOSTILE_IDS.length).toBeGreaterThanOrEqual(40);
    for (const id of HOSTILE_IDS) await expectRefused(field, id);
    expect(gateway.calls()).toEqual({});
  });

  it.each(BY_ID)(
    'forged around a hostile upstream id is refused by %s without an upstream call',
    async (field) => {
      const wellFormed = HOSTILE_IDS.filter((id) => id.isWellFormed());
      expect(wellFormed.length).toBeGreaterThanOrEqual(40);
      for (const id of wellFormed) {
        for (const provider of ['METRONOME', 'MAPLE']) {
          await expectRefused(field, forged('Customer', provider, id));
          await expectRefused(field, forged('Plan', provider, 'PLAN', id));
          await expectRefused(field, forged('Invoice', provider, id, 'x'));
          await expectRefused(field, forged('Invoice', provider, 'x', id));
        }
      }
      expect(gateway.calls()).toEqual({});
    },
  );

  it.each(['PlanCharge', 'OneTimeCharge'])(
    'of a %s forged around a hostile upstream id is refused',
    async (type) => {
      for (const id of HOSTILE_IDS.filter((text) => text.isWellFormed())) {
        await expectRefused('node', forged(type, 'MAPLE', 'BUNDLE', 'x', id));
        await expectRefused('node', forged(type, 'METRONOME', 'PLAN', id, 'x'));
      }
      expect(gateway.calls()).toEqual({});
    },
  );

  it('of another type is refused by every field of one type', async () => {
    for (const [type, id] of Object.entries(ids)) {
      for (const [field, own] of [
        ['customer', 'Customer'],
        ['plan', 'Plan'],
        ['invoice', 'Invoice'],
      ] as const) {
        if (type !== own) await expectRefused(field, id);
      }
    }
    expect(gateway.calls()).toEqual({});
  });

  it('that is cut, lengthened, padded or in other base64 is refused', async () => {
    const id = ids['Customer'] ?? '';
    const malformed = [
      id.slice(0, -1),
      `${id}A`,
      `${id}=`,
      ` ${id}`,
      `${id}\n`,
      `${id.slice(0, -4)}/+==`,
      Buffer.from('Customer').toString('base64url'),
    ];
    for (const text of malformed) await expectRefused('customer', text);
    await expectRefused('node', forged('Customer', 'STRIPE', 'x'));
    await expectRefused('node', forged('Customer', 'METRONOME', 'x', 'y'));
    await expectRefused('node', forged('Customer', 'METRONOME'));
    await expectRefused('node', forged('Query', 'METRONOME', 'x'));
    await expectRefused('node', forged('Plan', 'METRONOME', 'TARIFF', 'x'));
    await expectRefused('node', forged('Account', ''));
    expect(gateway.calls()).toEqual({});
  });

  it('that is fine still reads its object', async () => {
    for (const [type, id] of Object.entries(ids)) {
      const data = await gateway.data('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
      expect(pick(data, 'node')).toEqual({ __typename: type, id });
    }
  });
});

describe('a provider id', () => {
  it.each(['METRONOME', 'MAPLE'])(
    'of %s that is hostile is refused without an upstream call',
    async (provider) => {
      for (const id of HOSTILE_IDS) {
        const answer = await gateway.answer(
          'query ($provider: Provider!, $id: String!) { customerByProviderId(provider: $provider, providerId: $id) { id } }',
          { provider, id },
        );
        expect({ id, errors: locatedErrors(answer) }).toEqual({
          id,
          errors: ['BAD_USER_INPUT - at customerByProviderId'],
        });
      }
      expect(gateway.calls()).toEqual({});
    },
  );
});

describe('a list of ids', () => {
  it('of more than a hundred is refused without an upstream call', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const answer = await gateway.answer(query, { ids: Array.from({ length: 101 }, () => ids['Customer']) });
    expect(locatedErrors(answer)).toEqual(['BAD_USER_INPUT - at nodes']);
    expect(gateway.calls()).toEqual({});
    const hundred = await gateway.data(query, { ids: Array.from({ length: 100 }, () => ids['Customer']) });
    expect(pick(hundred, 'nodes')).toHaveLength(100);
  });

  it('of hostile ones is refused one by one, without an upstream call', async () => {
    const hostile = HOSTILE_IDS.slice(0, 100);
    const answer = await gateway.answer('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: hostile });
    expect(pick(answer, 'data', 'nodes')).toEqual(hostile.map(() => null));
    const places = hostile.map((_, index) => `BAD_USER_INPUT - at nodes.${index}`);
    expect(locatedErrors(answer).toSorted()).toEqual(places.toSorted());
    expect(gateway.calls()).toEqual({});
  });

  it('is answered in its order, repeated ones twice and unknown ones with null', async () => {
    const unknown = forged('Customer', 'METRONOME', '00000000-0000-4000-8000-000000000000');
    const wanted = [ids['Plan'], unknown, ids['Customer'], ids['Plan'], ids['Account']];
    const data = await gateway.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: wanted });
    expect(pick(data, 'nodes')).toEqual(wanted.map((id) => (id === unknown ? null : { id })));
  });
});

describe('an id in a mutation', () => {
  it('that names no such object is an InvalidInputError and no upstream call', async () => {
    for (const invoiceId of [...HOSTILE_IDS, ids['Customer']]) {
      const data = await gateway.data(
        `mutation ($invoiceId: ID!) {
          voidInvoice(input: { idempotencyKey: "k-1", invoiceId: $invoiceId }) { __typename ... on InvalidInputError { field } }
        }`,
        { invoiceId },
      );
      expect(pick(data, 'voidInvoice')).toEqual({ __typename: 'InvalidInputError', field: 'invoiceId' });
    }
    expect(gateway.calls()).toEqual({});
  });
});
