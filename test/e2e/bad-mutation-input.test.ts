import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import { HOSTILE_IDS } from '../support/hostile-ids.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { pick, pickObject, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { ADD_ONE_TIME_CHARGE, REGENERATE_INVOICE, VOID_INVOICE } from '../support/write-operations.ts';

const METRONOME_CUSTOMER = encodeNodeId('Customer', 'METRONOME', '5f2b0a54-0000-4000-8000-000000000001');
const MAPLE_CUSTOMER = encodeNodeId('Customer', 'MAPLE', 'cus_1');
const UUID = '5f2b0a54-0000-4000-8000-000000000002';
const USD_CENTS_ID = '2714e483-4ff1-48e4-9e25-ac732e8f24f2';

type Members = Readonly<Record<string, unknown>>;

const usd = (amount: unknown): Members => ({ amount, currency: 'USD' });
const METRONOME: Members = {
  chargeId: UUID,
  customerPlanId: UUID,
  invoiceStart: '2026-06-01T00:00:00Z',
  unitPrice: usd('2.50'),
  quantity: '1',
  description: 'Onboarding',
};
const ITEM: Members = { quantity: '1', productPricingId: 'price_onboarding_usd' };
const MAPLE: Members = { timing: 'NEXT', items: [ITEM] };
const DISCOUNT: Members = { name: 'Goodwill', type: 'DISCOUNT_AMOUNT', amount: usd('1') };

const metronome = (changes: Members = {}): Members => ({
  idempotencyKey: 'key-1',
  customerId: METRONOME_CUSTOMER,
  charge: { metronome: { ...METRONOME, ...changes } },
});
const maple = (changes: Members = {}): Members => ({
  idempotencyKey: 'key-1',
  customerId: MAPLE_CUSTOMER,
  charge: { maple: { ...MAPLE, ...changes } },
});
const mapleItem = (changes: Members): Members => maple({ items: [ITEM, { ...ITEM, ...changes }] });
const custom = (changes: Members): Members =>
  mapleItem({
    productPricingId: null,
    customPrice: { productId: 'prod_services', unitPrice: usd('1'), description: 'Training', ...changes },
  });
const mapleDiscount = (changes: Members): Members =>
  maple({ discounts: [DISCOUNT, { ...DISCOUNT, ...changes }] });

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.forgetCalls());
afterAll(() => gateway.stop());

/** Expects the payload InvalidInputError for a member, and not one upstream call. */
async function expectInvalid(query: string, input: Members, field: string): Promise<void> {
  const data = await gateway.data(query, { input });
  const { message, ...error } = pickObject(data, 'result');
  expect(error).toEqual({ __typename: 'InvalidInputError', code: 'BAD_USER_INPUT', field });
  expect(message).toContain(field);
  expect(gateway.calls()).toEqual({});
}

describe('addOneTimeCharge', () => {
  const at = 'charge.metronome';
  it.each<[string, Members, string]>([
    ['an empty key', { ...metronome(), idempotencyKey: '' }, 'idempotencyKey'],
    ['a key of 65 characters', { ...metronome(), idempotencyKey: 'x'.repeat(65) }, 'idempotencyKey'],
    ['a key with a blank', { ...metronome(), idempotencyKey: 'a b' }, 'idempotencyKey'],
    ['a key beyond ASCII', { ...maple(), idempotencyKey: 'schlüssel' }, 'idempotencyKey'],
    ['an empty customer', { ...metronome(), customerId: '' }, 'customerId'],
    ['a customer that is no id', { ...metronome(), customerId: 'acct_1001' }, 'customerId'],
    [
      'an invoice for a customer',
      { ...metronome(), customerId: encodeNodeId('Invoice', 'MAPLE', 'a', 'b') },
      'customerId',
    ],
    [
      'a Maple charge for a Metronome customer',
      { ...maple(), customerId: METRONOME_CUSTOMER },
      'charge.maple',
    ],
    [
      'a Metronome charge for a Maple customer',
      { ...metronome(), customerId: MAPLE_CUSTOMER },
      'charge.metronome',
    ],
    ['a charge that is no UUID', metronome({ chargeId: 'x' }), `${at}.chargeId`],
    ['a plan that is no UUID', metronome({ customerPlanId: '' }), `${at}.customerPlanId`],
    ['a start in the day', metronome({ invoiceStart: '2026-06-01T12:00:00Z' }), `${at}.invoiceStart`],
    ['midnight elsewhere', metronome({ invoiceStart: '2026-06-01T00:00:00-04:00' }), `${at}.invoiceStart`],
    ['a price in no unit', metronome({ unitPrice: { amount: '1' } }), `${at}.unitPrice`],
    [
      'a price in two units',
      metronome({ unitPrice: { ...usd('1'), pricingUnitId: UUID } }),
      `${at}.unitPrice`,
    ],
    [
      'a unit that is no UUID',
      metronome({ unitPrice: { amount: '1', pricingUnitId: 'x' } }),
      `${at}.unitPrice.pricingUnitId`,
    ],
    [
      'the unit of dollars',
      metronome({ unitPrice: { amount: '1', pricingUnitId: USD_CENTS_ID } }),
      `${at}.unitPrice.pricingUnitId`,
    ],
    ['a negative price', metronome({ unitPrice: usd('-1') }), `${at}.unitPrice.amount`],
    [
      'a price that doubles would round',
      metronome({ unitPrice: usd('90071992547409.93') }),
      `${at}.unitPrice.amount`,
    ],
    [
      'a price as a number that doubles would round',
      metronome({ unitPrice: usd(JSON.rawJSON('90071992547409.93')) }),
      `${at}.unitPrice.amount`,
    ],
    ['a quantity of zero', metronome({ quantity: 0 }), `${at}.quantity`],
    ['a negative quantity', metronome({ quantity: '-1' }), `${at}.quantity`],
    ['a quantity that doubles would round', metronome({ quantity: '0.1234567890123456' }), `${at}.quantity`],
    ['a blank description', metronome({ description: ' ' }), `${at}.description`],
    ['no items', maple({ items: [] }), 'charge.maple.items'],
    ['an item without a price', mapleItem({ productPricingId: null }), 'charge.maple.items[1]'],
    [
      'an item with two prices',
      mapleItem({ customPrice: { productId: 'p', unitPrice: usd('1'), description: 'x' } }),
      'charge.maple.items[1]',
    ],
    ['an item of nothing', mapleItem({ quantity: '0.0' }), 'charge.maple.items[1].quantity'],
    [
      'a pricing that is a path',
      mapleItem({ productPricingId: '../x' }),
      'charge.maple.items[1].productPricingId',
    ],
    [
      'bounds the wrong way round',
      mapleItem({ quantityConfig: { minQuantity: '2', maxQuantity: '1' } }),
      'charge.maple.items[1].quantityConfig.maxQuantity',
    ],
    [
      'a negative bound',
      mapleItem({ quantityConfig: { minQuantity: -1 } }),
      'charge.maple.items[1].quantityConfig.minQuantity',
    ],
    ['a product that is a path', custom({ productId: 'a/b' }), 'charge.maple.items[1].customPrice.productId'],
    ['a blank text', custom({ description: '' }), 'charge.maple.items[1].customPrice.description'],
    ['a credit', custom({ unitPrice: usd('-1') }), 'charge.maple.items[1].customPrice.unitPrice.amount'],
    [
      'a fraction of a cent',
      custom({ unitPrice: usd('1.005') }),
      'charge.maple.items[1].customPrice.unitPrice.amount',
    ],
    [
      'a fraction of a yen',
      custom({ unitPrice: { amount: '0.5', currency: 'JPY' } }),
      'charge.maple.items[1].customPrice.unitPrice.amount',
    ],
    [
      'too many fils',
      custom({ unitPrice: { amount: '9007199254740.993', currency: 'KWD' } }),
      'charge.maple.items[1].customPrice.unitPrice.amount',
    ],
    [
      'a custom unit',
      custom({ unitPrice: { amount: '1', pricingUnitId: UUID } }),
      'charge.maple.items[1].customPrice.unitPrice.pricingUnitId',
    ],
    ['a discount without a name', mapleDiscount({ name: '' }), 'charge.maple.discounts[1].name'],
    ['a discount without a type', mapleDiscount({ type: ' ' }), 'charge.maple.discounts[1].type'],
    ['a negative discount', mapleDiscount({ amount: usd('-1') }), 'charge.maple.discounts[1].amount.amount'],
    ['a negative cap', mapleDiscount({ cap: usd('-0.01') }), 'charge.maple.discounts[1].cap.amount'],
    ['a negative percent', mapleDiscount({ percent: '-1' }), 'charge.maple.discounts[1].percent'],
    ['a coupon that is a path', mapleDiscount({ couponId: '..' }), 'charge.maple.discounts[1].couponId'],
    ['negative days', maple({ dueAfterDays: -1 }), 'charge.maple.dueAfterDays'],
  ])('with %s is InvalidInputError before any call', async (_, input, field) => {
    await expectInvalid(ADD_ONE_TIME_CHARGE, input, field);
  });

  it.each<[string, Members]>([
    ['no charge', { idempotencyKey: 'k', customerId: MAPLE_CUSTOMER }],
    ['an empty charge', { ...maple(), charge: {} }],
    ['null for a charge', { ...maple(), charge: { maple: null } }],
    ['a charge of both', { ...maple(), charge: { maple: MAPLE, metronome: METRONOME } }],
    ['null for a key', { ...maple(), idempotencyKey: null }],
    ['an unknown member', maple({ note: 'x' })],
    [
      'a __proto__',
      maple(
        Object.fromEntries([
          ['items', [ITEM]],
          ['__proto__', { notes: 'x' }],
        ]),
      ),
    ],
    ['an unknown timing', maple({ timing: 'LATER' })],
    ['null among the items', maple({ items: [null] })],
    ['a quantity that is no number', metronome({ quantity: 'many' })],
    ['a quantity without end', metronome({ quantity: '1e1000000000' })],
    ['an endless number', metronome({ quantity: JSON.rawJSON('1e1000000000') })],
    ['a boolean for a quantity', metronome({ quantity: true })],
    ['a currency in small letters', metronome({ unitPrice: { amount: '1', currency: 'usd' } })],
    ['a currency that is none', metronome({ unitPrice: { amount: '1', currency: 'XQQ' } })],
    ['a date without a time', metronome({ invoiceStart: '2026-06-01' })],
    ['a time without an offset', metronome({ invoiceStart: '2026-06-01T00:00:00' })],
    ['days that are no whole number', maple({ dueAfterDays: 1.5 })],
    ['days beyond 32 bits', maple({ dueAfterDays: 3_000_000_000 })],
    ['metadata that is a list', maple({ metadata: [] })],
    ['metadata that is a text', maple({ metadata: '{}' })],
    ['metadata that is a number', maple({ metadata: 1 })],
  ])('with %s is BAD_USER_INPUT before any call', async (_, input) => {
    const answer = await gateway.answer(ADD_ONE_TIME_CHARGE, { input });
    expect(locatedErrors(answer)).toEqual(['BAD_USER_INPUT - at ']);
    expect(answer).not.toHaveProperty('data');
    expect(gateway.calls()).toEqual({});
  });

  it('says where a value stands that no scalar takes, and does not repeat it', async () => {
    const { errors } = await gateway.answer(ADD_ONE_TIME_CHARGE, {
      input: custom({ unitPrice: usd('canary') }),
    });
    const message = pickText(errors, 0, 'message');
    expect(message).toContain('"$input" at .charge.maple.items[1].customPrice.unitPrice.amount');
    expect(message).not.toContain('canary');
  });

  it('is judged alike when it is written out in the document', async () => {
    const literal = (quantity: string, start: string) => `mutation {
      result: addOneTimeCharge(input: {
        idempotencyKey: "key-1", customerId: "${METRONOME_CUSTOMER}", charge: { metronome: {
          chargeId: "${UUID}", customerPlanId: "${UUID}", invoiceStart: "${start}", quantity: ${quantity},
          unitPrice: { amount: 2.50, currency: "USD" }, description: "Onboarding"
        } }
      }) { __typename ... on InvalidInputError { field } }
    }`;
    const data = await gateway.data(literal('1234567890.123456', '2026-06-01T00:00:00.000Z'));
    expect(pick(data, 'result')).toEqual({
      __typename: 'InvalidInputError',
      field: 'charge.metronome.quantity',
    });
    expect(locatedErrors(await gateway.answer(literal('1', 'today')))).toEqual(['BAD_USER_INPUT - at ']);
    expect(gateway.calls()).toEqual({});
  });

  it('with bad input leaves its key free', async () => {
    const customer = await gateway.data('{ account(identifier: "acct_1001") { customers { id provider } } }');
    const input = {
      ...maple({ dueAfterDays: -1 }),
      customerId: pick(customer, 'account', 'customers', 1, 'id'),
    };
    expect(pick(await gateway.data(ADD_ONE_TIME_CHARGE, { input }), 'result')).toMatchObject({
      __typename: 'InvalidInputError',
    });
    const mended = { ...maple(), customerId: input.customerId };
    expect(pick(await gateway.data(ADD_ONE_TIME_CHARGE, { input: mended }), 'result')).toMatchObject({
      __typename: 'AddOneTimeChargeSuccess',
    });
  });

  it('is refused when its body can be read in two ways', async () => {
    const input = JSON.stringify(metronome()).replace('"quantity":"1"', '"quantity":"1","quantity":"1000"');
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(ADD_ONE_TIME_CHARGE)},"variables":{"input":${input}}}`,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gateway.calls()).toEqual({});
  });
});

describe.each([
  ['voidInvoice', VOID_INVOICE],
  ['regenerateInvoice', REGENERATE_INVOICE],
])('%s', (_, query) => {
  const invoiceId = encodeNodeId('Invoice', 'METRONOME', UUID, UUID);
  it.each<[string, Members, string]>([
    ['an empty key', { idempotencyKey: '', invoiceId }, 'idempotencyKey'],
    ['a key of 65 characters', { idempotencyKey: 'x'.repeat(65), invoiceId }, 'idempotencyKey'],
    ['a key with a line break', { idempotencyKey: 'a\n', invoiceId }, 'idempotencyKey'],
    ['an empty invoice', { idempotencyKey: 'k', invoiceId: '' }, 'invoiceId'],
    ['a customer for an invoice', { idempotencyKey: 'k', invoiceId: METRONOME_CUSTOMER }, 'invoiceId'],
  ])('with %s is InvalidInputError before any call', async (_, input, field) => {
    await expectInvalid(query, input, field);
  });

  it('with an id that could leave its place in a path is InvalidInputError before any call', async () => {
    for (const id of HOSTILE_IDS.filter((text) => text.isWellFormed())) {
      const hostile = Buffer.from(['Invoice', 'METRONOME', UUID, id].map(encodeURIComponent).join(':'));
      const input = { idempotencyKey: 'k', invoiceId: hostile.toString('base64url') };
      await expectInvalid(query, input, 'invoiceId');
    }
  });
});
