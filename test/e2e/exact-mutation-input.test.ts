import { LosslessNumber } from 'lossless-json';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pick, pickList } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { ADD_ONE_TIME_CHARGE } from '../support/write-operations.ts';

let gateway: TestGateway;
let customerId: unknown;
let providerId: unknown;
beforeAll(async () => {
  gateway = await startTestGateway();
  const data = await gateway.data(
    '{ account(identifier: "acct_1001") { customers { id provider providerId } } }',
  );
  const customers = pickList(data, 'account', 'customers');
  const customer = customers.find((customer) => pick(customer, 'provider') === 'MAPLE');
  customerId = pick(customer, 'id');
  providerId = pick(customer, 'providerId');
});
beforeEach(() => gateway.forgetCalls());
afterAll(() => gateway.stop());

/** The one body that a charge is sent with. */
async function sentBody(idempotencyKey: string, maple: Readonly<Record<string, unknown>>): Promise<unknown> {
  const input = { idempotencyKey, customerId, charge: { maple } };
  const data = await gateway.data(ADD_ONE_TIME_CHARGE, { input });
  expect(pick(data, 'result')).toMatchObject({ __typename: 'AddOneTimeChargeSuccess' });
  const writes = gateway.maple.requests.filter(({ path }) => path.endsWith('/one_times'));
  expect(writes).toHaveLength(1);
  return writes[0]?.body;
}

const exact = (digits: string) => JSON.rawJSON(digits);

describe('a Maple charge', () => {
  it('is sent with every member that was given, each number as it is', async () => {
    const usd = (amount: unknown) => ({ amount, currency: 'USD' });
    const body = await sentBody('every-member', {
      timing: 'IMMEDIATE',
      items: [
        {
          quantity: exact('2.500'),
          customPrice: {
            productId: 'prod_services',
            unitPrice: usd(exact('9999999999999.99')),
            description: 'Training',
          },
          quantityConfig: { allowCustomQuantity: true, minQuantity: '0.1', maxQuantity: 1e3 },
          sortOrder: 2,
        },
        { quantity: '1e-2', productPricingId: 'price_onboarding_usd' },
      ],
      discounts: [
        {
          name: 'Goodwill',
          type: 'DISCOUNT_AMOUNT',
          amount: usd('1'),
          cap: usd(exact('0.50')),
          percent: exact('0.250'),
          state: 'ACTIVE',
          couponId: 'coup_1',
          customerId: 'cus_1',
          expiresAt: '2027-01-01T00:00:00+01:00',
          itemPricingId: 'itp_1',
          oneTimeChargeId: 'otb_1',
          productId: 'prod_1',
          productPricingId: 'price_1',
          proposalId: 'prop_1',
          subscriptionId: 'subs_1',
          importRef: 'legacy/7',
          importedFrom: 'legacy',
          importCreatedAt: '2020-01-01T00:00:00Z',
        },
      ],
      notes: 'Thanks',
      invoiceDate: '2026-06-20T08:00:00-04:00',
      dueAfterDays: exact('10.0'),
      autoCharge: false,
      paymentInstructions: 'By wire',
      metadata: { order: '7', none: null },
    });
    const money = (value_in_cents: number) => ({ currency: 'USD', value_in_cents });
    expect(body).toEqual({
      customer_id: providerId,
      type: 'IMMEDIATE',
      onetime_items: [
        {
          aggregate: 2.5,
          custom_price: {
            product_id: 'prod_services',
            amount: money(999_999_999_999_999),
            description: 'Training',
          },
          quantity_config: { allow_custom_quantity: true, min_quantity: 0.1, max_quantity: 1000 },
          sort_order: 2,
        },
        { aggregate: 0.01, product_pricing_id: 'price_onboarding_usd' },
      ],
      discounts: [
        {
          name: 'Goodwill',
          type: 'DISCOUNT_AMOUNT',
          amount: money(100),
          cap: money(50),
          percent: 0.25,
          state: 'ACTIVE',
          coupon_id: 'coup_1',
          customer_id: 'cus_1',
          expiration_date: '2026-12-31T23:00:00Z',
          item_pricing_id: 'itp_1',
          onetime_billable_id: 'otb_1',
          product_id: 'prod_1',
          product_pricing_id: 'price_1',
          proposal_id: 'prop_1',
          subscription_id: 'subs_1',
          import_ref: 'legacy/7',
          imported_from: 'legacy',
          import_created_at_ref: '2020-01-01T00:00:00Z',
        },
      ],
      notes: 'Thanks',
      invoice_date: '2026-06-20T12:00:00Z',
      invoice_due_date_from_creation: 10,
      auto_charges: false,
      invoice_payment_instructions: 'By wire',
      metadata: { order: '7', none: null },
    });
  });

  it('takes metadata along whose numbers no double holds, and a member called __proto__', async () => {
    const metadata = Object.fromEntries<unknown>([
      ['big', exact('9007199254740993')],
      ['fine', [exact('0.1000000000000000055511151231257827')]],
      ['huge', { number: exact('1E400') }],
      ['__proto__', { kept: exact('12345678901234567890') }],
    ]);
    const items = [{ quantity: 1, productPricingId: 'price_onboarding_usd' }];
    const body = await sentBody('metadata', { timing: 'NEXT', items, metadata });
    const sent = pick(body, 'metadata');
    expect(Object.entries(sent ?? {})).toEqual([
      ['big', new LosslessNumber('9007199254740993')],
      ['fine', [new LosslessNumber('0.1000000000000000055511151231257827')]],
      ['huge', { number: new LosslessNumber('1E400') }],
      ['__proto__', { kept: new LosslessNumber('12345678901234567890') }],
    ]);
  });
});
