import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';
import { callMaple, callMetronome } from '../support/sandbox-call.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const metronome = createFaultSwitch();
const maple = createFaultSwitch();
let gateway: TestGateway;
let metronomeId = '';
let mapleId = '';
beforeAll(async () => {
  gateway = await startTestGateway({
    metronome: { onRequest: metronome.onRequest },
    maple: { onRequest: maple.onRequest },
  });
  const data = await gateway.data('{ account(identifier: "acct_1001") { customers { providerId } } }');
  metronomeId = pickText(data, 'account', 'customers', 0, 'providerId');
  mapleId = pickText(data, 'account', 'customers', 1, 'providerId');
});
afterEach(() => {
  metronome.turnOff();
  maple.turnOff();
});
afterAll(() => gateway.stop());

const page = (query: object) => ({ query, pagination: { limit: 1 }, sort_key: 'createdAtDesc' });

/** The first row of a Maple list, with some members changed. */
async function mapleRow(path: string, query: object, changes: object): Promise<object> {
  return { ...pickObject(await callMaple(gateway, 'POST', path, page(query)), 'results', 0), ...changes };
}

describe('a word that the contract does not know', () => {
  it('as a status of a Metronome invoice is UNKNOWN, and kept', async () => {
    const path = `/v1/customers/${metronomeId}/invoices`;
    const row = pickObject(await callMetronome(gateway, 'GET', `${path}?limit=1`), 'data', 0);
    const data = [{ ...row, status: 'PROPOSED', type: 'BY_HAND' }];
    metronome.turnOn((request) => (request.path === path ? jsonFault({ data, next_page: null }) : undefined));
    const answer = await gateway.data(
      'query ($id: String!) { customerByProviderId(provider: METRONOME, providerId: $id) { invoices { nodes { status providerStatus type } } } }',
      { id: metronomeId },
    );
    expect(pickList(answer, 'customerByProviderId', 'invoices', 'nodes')).toEqual([
      { status: 'UNKNOWN', providerStatus: 'PROPOSED', type: 'BY_HAND' },
    ]);
  });

  it('as a status of a Maple invoice is UNKNOWN, and kept', async () => {
    const row = await mapleRow('/invoices/find', { customer_id: mapleId }, { status: 'WRITTEN_OFF' });
    maple.turnOn(({ path }) =>
      path.endsWith('/invoices/find') ? jsonFault({ results: [row], pagination: {} }) : undefined,
    );
    const answer = await gateway.data(
      `{ account(identifier: "acct_1001") {
        invoices(filter: { providers: [MAPLE] }) { nodes { status providerStatus } }
        unknown: invoices(filter: { providers: [MAPLE], statuses: [UNKNOWN] }) { nodes { providerStatus } }
        paid: invoices(filter: { providers: [MAPLE], statuses: [PAID] }) { nodes { providerStatus } }
      } }`,
    );
    expect(pick(answer, 'account')).toEqual({
      invoices: { nodes: [{ status: 'UNKNOWN', providerStatus: 'WRITTEN_OFF' }] },
      unknown: { nodes: [{ providerStatus: 'WRITTEN_OFF' }] },
      paid: { nodes: [] },
    });
  });

  it('as a status of a Maple subscription or its bundle is UNKNOWN, and kept', async () => {
    const row = await mapleRow(
      '/subscriptions/find',
      { customer_id: mapleId },
      { status: 'SUSPENDED_BY_OWNER' },
    );
    const bundle = {
      ...pickObject(await callMaple(gateway, 'GET', `/bundles/${pickText(row, 'bundle_pricing_id')}`)),
      state: 'SUNSET',
    };
    maple.turnOn(({ path }) => {
      if (path.endsWith('/subscriptions/find')) return jsonFault({ results: [row], pagination: {} });
      return path.includes('/bundles/') ? jsonFault(bundle) : undefined;
    });
    const answer = await gateway.data(
      `query ($id: String!) { customerByProviderId(provider: MAPLE, providerId: $id) {
        plans { edges { status providerStatus node { status providerStatus } } }
      } }`,
      { id: mapleId },
    );
    expect(pickList(answer, 'customerByProviderId', 'plans', 'edges')).toEqual([
      {
        status: 'UNKNOWN',
        providerStatus: 'SUSPENDED_BY_OWNER',
        node: { status: 'UNKNOWN', providerStatus: 'SUNSET' },
      },
    ]);
  });

  it('as a status of a Maple customer is UNKNOWN, and kept', async () => {
    const customer = {
      ...pickObject(await callMaple(gateway, 'GET', `/customers/${mapleId}`)),
      status: 'FROZEN',
    };
    maple.turnOn(jsonFault(customer));
    const answer = await gateway.data(
      'query ($id: String!) { customerByProviderId(provider: MAPLE, providerId: $id) { status providerStatus } }',
      { id: mapleId },
    );
    expect(pick(answer, 'customerByProviderId')).toEqual({ status: 'UNKNOWN', providerStatus: 'FROZEN' });
  });

  it('as a type or rounding of a Metronome charge is OTHER or nothing, and kept', async () => {
    const plan = pickText(await callMetronome(gateway, 'GET', '/v1/plans?limit=1'), 'data', 0, 'id');
    const path = `/v1/planDetails/${plan}/charges`;
    const row = pickObject(await callMetronome(gateway, 'GET', path), 'data', 1);
    const data = [
      {
        ...row,
        charge_type: 'teleport',
        unit_conversion: { ...pickObject(row, 'unit_conversion'), rounding_behavior: 'banker' },
      },
    ];
    metronome.turnOn((request) => (request.path === path ? jsonFault({ data, next_page: null }) : undefined));
    const answer = await gateway.data(
      `{ plans(first: 1, filter: { providers: [METRONOME] }) { nodes {
        charges { nodes { kind providerKind unitConversion { rounding providerRounding divisionFactor } } }
      } } }`,
    );
    expect(pickList(answer, 'plans', 'nodes', 0, 'charges', 'nodes')).toEqual([
      {
        kind: 'OTHER',
        providerKind: 'teleport',
        unitConversion: { rounding: null, providerRounding: 'banker', divisionFactor: '1000' },
      },
    ]);
  });

  it('as a member of a body does no harm', async () => {
    const customers = await callMetronome(gateway, 'GET', '/v1/customers?limit=1');
    const row = { ...pickObject(customers, 'data', 0), brand_new: { deep: [true] } };
    metronome.turnOn(({ path }) =>
      path === '/v1/customers' ? jsonFault({ data: [row], next_page: null, more: 1 }) : undefined,
    );
    const answer = await gateway.data('{ customers(filter: { providers: [METRONOME] }) { nodes { name } } }');
    expect(pickList(answer, 'customers', 'nodes')).toEqual([{ name: pick(row, 'name') }]);
  });
});
