import { LosslessNumber } from 'lossless-json';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { pick, pickList } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { refusal } from '../support/upstream-outages.ts';

const faults = createFaultSwitch();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ metronome: { onRequest: faults.onRequest } });
});
afterEach(() => faults.turnOff());
afterAll(() => gateway.stop());

/** The one row that a Metronome list then holds, by the end of its path; plans can no longer be read one by one. */
function turnOnRow(listPath: string, row: object): void {
  const page = jsonFault({ data: [row], next_page: null });
  faults.turnOn(({ path }) => {
    if (path.endsWith(listPath)) return page;
    return path.includes('/planDetails/') ? refusal(500) : undefined;
  });
}

function providersOf(data: unknown, ...path: readonly string[]): unknown[] {
  return [...new Set(pickList(data, ...path, 'nodes').map((node) => pick(node, 'provider')))];
}

describe('the catalogue', () => {
  const row = { id: 'plan-1', name: 'Growth', description: 'For growing teams' };

  it.each(['nodes { provider customFields }', 'nodes { provider } edges { node { customFields } }'])(
    'loses only Metronome where custom fields cannot be read: %s',
    async (selection) => {
      turnOnRow('/v1/plans', row);
      const answer = await gateway.answer(`{ plans(first: 5) { ${selection} failures { provider } } }`);
      expect(locatedErrors(answer)).toEqual(['UPSTREAM_UNAVAILABLE METRONOME at plans']);
      expect(providersOf(answer.data, 'plans')).toEqual(['MAPLE']);
      expect(pick(answer.data, 'plans', 'failures')).toEqual([{ provider: 'METRONOME' }]);
    },
  );

  it('loses only the minimums where these cannot be read', async () => {
    turnOnRow('/v1/plans', { ...row, custom_fields: {} });
    const answer = await gateway.answer('{ plans(first: 5) { nodes { provider name minimums { name } } } }');
    expect(locatedErrors(answer)).toEqual(['UPSTREAM_UNAVAILABLE METRONOME at plans.nodes.0.minimums']);
    expect(pick(answer.data, 'plans', 'nodes', 0)).toEqual({
      provider: 'METRONOME',
      name: 'Growth',
      minimums: null,
    });
    expect(providersOf(answer.data, 'plans')).toEqual(['METRONOME', 'MAPLE']);
  });
});

describe('the plans of an account', () => {
  it('lose only Metronome where it names a plan by an id that no path can hold', async () => {
    turnOnRow('/plans', {
      id: 'customer-plan-1',
      plan_id: 'a/b',
      plan_name: 'Growth',
      plan_description: 'For growing teams',
      starting_on: '2026-01-01T00:00:00Z',
      custom_fields: {},
    });
    const answer = await gateway.answer(
      '{ account(identifier: "acct_1001") { plans { nodes { provider customFields } } } }',
    );
    expect(locatedErrors(answer)).toEqual(['UPSTREAM_INVALID_RESPONSE METRONOME at account.plans']);
    expect(providersOf(answer.data, 'account', 'plans')).toEqual(['MAPLE']);
  });
});

describe('an invoice with a line that no model fits', () => {
  const unit = { id: 'unit-eur', name: 'EUR' };
  const invoice = {
    id: 'invoice-1',
    customer_id: 'customer-1',
    status: 'FINALIZED',
    type: 'PLAN_ARREARS',
    credit_type: unit,
    line_items: [{ name: 'API', total: new LosslessNumber('1e999'), type: 'usage', credit_type: unit }],
    total: 5,
  };

  it('is listed, and only its lines are missing', async () => {
    turnOnRow('/invoices', invoice);
    const answer = await gateway.answer(`{
      account(identifier: "acct_1001") {
        invoices(first: 1, filter: { providers: [METRONOME] }) {
          nodes { total { amount } lineItems { nodes { name } } }
        }
      }
    }`);
    expect(locatedErrors(answer)).toEqual([
      'UPSTREAM_INVALID_RESPONSE METRONOME at account.invoices.nodes.0.lineItems',
    ]);
    expect(pick(answer.data, 'account', 'invoices', 'nodes')).toEqual([
      { total: { amount: '5.00' }, lineItems: null },
    ]);
  });
});
