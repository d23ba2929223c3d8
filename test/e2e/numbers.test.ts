import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import { fiat, num, TOKENS, USD_CENTS } from '../support/credit-types.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { pick, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const CUSTOMER_ID = '5f2b0a54-0000-4000-8000-000000000001';
const INVOICE_ID = '5f2b0a54-0000-4000-8000-000000000002';

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

/** An invoice with one amount wherever it has one. */
function metronomeInvoice(text: string, creditType: { readonly id: string; readonly name: string }) {
  const amount = num(text);
  return {
    id: INVOICE_ID,
    customer_id: CUSTOMER_ID,
    status: 'FINALIZED',
    type: 'PLAN_ARREARS',
    credit_type: creditType,
    subtotal: amount,
    total: amount,
    custom_fields: {},
    invoice_adjustments: [{ name: 'Correction', total: amount, credit_type: creditType }],
    line_items: [
      {
        name: 'Compute',
        type: 'usage',
        credit_type: creditType,
        total: amount,
        quantity: amount,
        unit_price: amount,
        custom_fields: {},
        sub_line_items: [
          {
            name: 'Hours',
            quantity: amount,
            price: amount,
            subtotal: amount,
            custom_fields: {},
            tiers: [{ starting_at: amount, quantity: amount, price: amount, subtotal: amount }],
          },
        ],
      },
    ],
  };
}

const MONEY = '{ amount minorAmount currency unit { kind name currency providerId } }';

describe('an amount of Metronome', () => {
  it.each([
    ['USD (cents)', USD_CENTS, '0.1', '0.001', '0.1'],
    ['USD (cents)', USD_CENTS, '123.45', '1.2345', '123.45'],
    ['USD (cents)', USD_CENTS, '1e-7', '0.000000001', '0.0000001'],
    ['USD (cents)', USD_CENTS, '9007199254740993', '90071992547409.93', '9007199254740993'],
    ['USD (cents)', USD_CENTS, '-0.005', '-0.00005', '-0.005'],
    ['USD (cents)', USD_CENTS, '1230', '12.30', '1230'],
    ['USD (cents)', USD_CENTS, '1.23e3', '12.30', '1230'],
    ['USD (cents)', USD_CENTS, '1230.000', '12.30', '1230'],
    ['USD (cents)', USD_CENTS, '0', '0.00', '0'],
    ['USD (cents)', USD_CENTS, '-0', '0.00', '0'],
    [
      'USD (cents)',
      USD_CENTS,
      '123456789012345678901234567890.12',
      '1234567890123456789012345678.9012',
      '123456789012345678901234567890.12',
    ],
    ['EUR', fiat('EUR'), '123.45', '123.45', '12345'],
    ['EUR', fiat('EUR'), '0.1', '0.10', '10'],
    ['EUR', fiat('EUR'), '1e-7', '0.0000001', '0.00001'],
    ['USD in dollars', fiat('USD'), '12.3', '12.30', '1230'],
    ['JPY', fiat('JPY'), '9007199254740993', '9007199254740993', '9007199254740993'],
    ['JPY', fiat('JPY'), '0.5', '0.5', '0.5'],
    ['KWD', fiat('KWD'), '12.3', '12.300', '12300'],
    ['KWD', fiat('KWD'), '-0.005', '-0.005', '-5'],
    ['a custom unit', TOKENS, '9007199254740993', '9007199254740993', null],
    ['a custom unit', TOKENS, '1e-7', '0.0000001', null],
    ['a custom unit', TOKENS, '-0.005', '-0.005', null],
    ['a custom unit', TOKENS, '12.30', '12.30', null],
  ] as const)(
    'in %s: %o of %s comes out as %s, in minor units %s, wherever it stands',
    async (_, creditType, wire, amount, minorAmount) => {
      metronome.turnOn(jsonFault({ data: metronomeInvoice(wire, creditType) }));
      const data = await gateway.data(
        `query ($id: ID!) {
        invoice(id: $id) {
          subtotal ${MONEY}
          total ${MONEY}
          adjustments { total ${MONEY} }
          lineItems { nodes {
            total ${MONEY} unitPrice ${MONEY} quantity
            subLineItems { unitPrice ${MONEY} subtotal ${MONEY} quantity tiers { startsAt quantity unitPrice ${MONEY} subtotal ${MONEY} } }
          } }
        }
      }`,
        { id: encodeNodeId('Invoice', 'METRONOME', CUSTOMER_ID, INVOICE_ID) },
      );
      const isCustom = creditType === TOKENS;
      const currency = isCustom ? null : creditType === USD_CENTS ? 'USD' : creditType.name;
      const unit = {
        kind: isCustom ? 'CUSTOM' : 'FIAT',
        name: creditType.name,
        currency,
        providerId: creditType.id,
      };
      const money = { amount, minorAmount, currency, unit };
      // A quantity counts no unit: neither scaled nor padded.
      const quantity = pickText(data, 'invoice', 'lineItems', 'nodes', 0, 'quantity');
      expect(Number(quantity)).toBe(Number(wire) + 0);
      expect(quantity).toMatch(/^-?\d+(\.\d+)?$/);
      expect(pick(data, 'invoice')).toEqual({
        subtotal: money,
        total: money,
        adjustments: [{ total: money }],
        lineItems: {
          nodes: [
            {
              total: money,
              unitPrice: money,
              quantity,
              subLineItems: [
                {
                  unitPrice: money,
                  subtotal: money,
                  quantity,
                  tiers: [{ startsAt: quantity, quantity, unitPrice: money, subtotal: money }],
                },
              ],
            },
          ],
        },
      });
    },
  );

  it('that no amount has the digits for is an error, not a rounded one', async () => {
    for (const wire of ['1e400', '1e-400', `0.${'1'.repeat(200)}`]) {
      metronome.turnOn(jsonFault({ data: metronomeInvoice(wire, USD_CENTS) }));
      const id = encodeNodeId('Invoice', 'METRONOME', CUSTOMER_ID, INVOICE_ID);
      const answer = await gateway.answer('query ($id: ID!) { invoice(id: $id) { total { amount } } }', {
        id,
      });
      expect(answer.data).toEqual({ invoice: null });
      expect(answer.errors?.[0]?.extensions).toEqual({
        code: 'UPSTREAM_INVALID_RESPONSE',
        provider: 'METRONOME',
      });
    }
  });
});

describe('an amount of Maple', () => {
  it.each([
    ['USD', '1230', '12.30'],
    ['USD', '-5', '-0.05'],
    ['USD', '0', '0.00'],
    ['USD', '9007199254740993', '90071992547409.93'],
    ['EUR', '12345', '123.45'],
    ['JPY', '1230', '1230'],
    ['KWD', '1230', '1.230'],
    ['KWD', '9007199254740993', '9007199254740.993'],
  ])('in %s: %s of the minor unit comes out as %s', async (currency, wire, amount) => {
    const money = { currency, value_in_cents: num(wire) };
    maple.turnOn(
      jsonFault({
        uuid: 'inv-1',
        status: 'PENDING',
        currency,
        customer_id: 'cus_1',
        invoice_date: '2026-06-01T00:00:00Z',
        sub_total: money,
        total: money,
        paid: money,
        due: money,
      }),
    );
    const data = await gateway.data(
      `query ($id: ID!) { invoice(id: $id) { subtotal ${MONEY} total ${MONEY} amountPaid ${MONEY} amountDue ${MONEY} } }`,
      { id: encodeNodeId('Invoice', 'MAPLE', 'cus_1', 'inv-1') },
    );
    const unit = { kind: 'FIAT', name: currency, currency, providerId: null };
    const expected = { amount, minorAmount: wire, currency, unit };
    expect(pick(data, 'invoice')).toEqual({
      subtotal: expected,
      total: expected,
      amountPaid: expected,
      amountDue: expected,
    });
  });

  it('in a currency that is none is an error', async () => {
    const money = { currency: 'XYZ', value_in_cents: num('1') };
    maple.turnOn(
      jsonFault({ uuid: 'inv-1', status: 'PENDING', currency: 'XYZ', customer_id: 'cus_1', total: money }),
    );
    const answer = await gateway.answer('query ($id: ID!) { invoice(id: $id) { total { amount } } }', {
      id: encodeNodeId('Invoice', 'MAPLE', 'cus_1', 'inv-1'),
    });
    expect(answer.data).toEqual({ invoice: null });
    expect(answer.errors?.[0]?.extensions?.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });
});
