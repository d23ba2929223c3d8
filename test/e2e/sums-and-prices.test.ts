import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import { fiat, num, TOKENS, USD_CENTS } from '../support/credit-types.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const metronome = createFaultSwitch();
const maple = createFaultSwitch();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    metronome: { onRequest: metronome.onRequest },
    maple: { onRequest: maple.onRequest },
  });
});
afterEach(() => {
  metronome.turnOff();
  maple.turnOff();
});
afterAll(() => gateway.stop());

describe('a sum of costs', () => {
  it('is exact over days and over both providers, and adds no unit to another', async () => {
    const day = (date: number, cents: string, euros: string, tokens: string) => ({
      start_timestamp: `2026-06-0${date}T00:00:00Z`,
      end_timestamp: `2026-06-0${date + 1}T00:00:00Z`,
      credit_types: {
        [USD_CENTS.id]: { name: USD_CENTS.name, cost: num(cents), line_item_breakdown: [] },
        [fiat('EUR').id]: { name: 'EUR', cost: num(euros), line_item_breakdown: [] },
        [TOKENS.id]: { name: TOKENS.name, cost: num(tokens), line_item_breakdown: [] },
      },
    });
    const days = [day(1, '0.1', '0.1', '9007199254740993'), day(2, '0.2', '0.2', '1e-7')];
    metronome.turnOn(({ path }) =>
      path.endsWith('/costs') ? jsonFault({ data: days, next_page: null }) : undefined,
    );
    maple.turnOn(({ path }) =>
      path.endsWith('/subscriptions/find') ? jsonFault({ results: [], pagination: {} }) : undefined,
    );
    const query = `{ account(identifier: "acct_1001") {
      costTotals(from: "2026-06-01T00:00:00Z", to: "2026-07-15T00:00:00Z") { amount unit { kind name currency providerId } }
    } }`;
    const metronomeAlone = await gateway.data(query);
    const euro = { kind: 'FIAT', name: 'EUR', currency: 'EUR', providerId: null };
    const token = { kind: 'CUSTOM', name: 'tokens', currency: null, providerId: TOKENS.id };
    const dollar = { kind: 'FIAT', name: 'USD', currency: 'USD', providerId: null };
    expect(pickList(metronomeAlone, 'account', 'costTotals')).toEqual([
      { amount: '0.003', unit: dollar },
      { amount: '0.30', unit: euro },
      { amount: '9007199254740993.0000001', unit: token },
    ]);
    maple.turnOff();
    maple.turnOn(({ path }) =>
      path.endsWith('/invoices/next')
        ? jsonFault({
            uuid: 'next',
            status: 'DRAFT',
            currency: 'USD',
            customer_id: 'cus_1',
            total: { currency: 'USD', value_in_cents: num('30') },
          })
        : undefined,
    );
    const [usd, ...others] = pickList(await gateway.data(query), 'account', 'costTotals');
    // The showcase account has two running subscriptions.
    expect(usd).toEqual({ amount: '0.603', unit: dollar });
    expect(others).toHaveLength(2);
  });
});

describe('a price', () => {
  it('is in major units of its charge, digit for digit', async () => {
    const charge = (name: string, value: string, creditType: object) => ({
      id: name,
      name,
      charge_type: 'usage',
      product_id: 'p',
      product_name: 'Product',
      credit_type: creditType,
      prices: [{ value: num(value), tier: num('0') }],
      custom_fields: {},
    });
    const charges = [
      charge('tiny', '1e-7', USD_CENTS),
      charge('cents', '50', USD_CENTS),
      charge('euros', '0.1', fiat('EUR')),
      charge('tokens', '9007199254740993', TOKENS),
    ];
    metronome.turnOn(({ path }) =>
      path.endsWith('/charges') ? jsonFault({ data: charges, next_page: null }) : undefined,
    );
    const data = await gateway.data(
      'query ($id: ID!) { node(id: $id) { ... on Plan { charges { nodes { name pricing { unitPrice } } } } } }',
      {
        id: encodeNodeId(
          'Plan',
          'METRONOME',
          'PLAN',
          pickText(
            await gateway.data('{ plans(first: 1) { nodes { providerId } } }'),
            'plans',
            'nodes',
            0,
            'providerId',
          ),
        ),
      },
    );
    expect(pick(data, 'node', 'charges', 'nodes')).toEqual([
      { name: 'tiny', pricing: { unitPrice: '0.000000001' } },
      { name: 'cents', pricing: { unitPrice: '0.50' } },
      { name: 'euros', pricing: { unitPrice: '0.10' } },
      { name: 'tokens', pricing: { unitPrice: '9007199254740993' } },
    ]);
  });
});

describe('a free-form field', () => {
  it('keeps the digits of its numbers, at any depth', async () => {
    const metadata = {
      big: num('9007199254740993'),
      tiny: num('1e-7'),
      padded: num('1.10'),
      deep: [{ n: num('-0.005') }],
    };
    maple.turnOn(
      jsonFault({
        id: 'cus_1',
        name: 'Orchard Labs',
        identifier: 'acct_1',
        status: 'ACTIVE',
        metadata,
        created_at: '2026-01-01T00:00:00Z',
      }),
    );
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ customerByProviderId(provider: MAPLE, providerId: "cus_1") { customFields } }',
      }),
    });
    expect(await response.text()).toContain(
      '"customFields":{"big":9007199254740993,"tiny":1e-7,"padded":1.10,"deep":[{"n":-0.005}]}',
    );
  });
});
