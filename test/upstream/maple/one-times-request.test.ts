import { describe, expect, it } from 'vitest';
import type { NewMapleCharges } from '../../../src/domain/mutation/new-charge.ts';
import { minorAmountOf, oneTimesRequest } from '../../../src/upstream/maple/one-times-request.ts';
import { decimal, instant } from '../../domain/mutation/charge-inputs.ts';
import { pickObject } from '../../support/pick.ts';
import { documentedRequests } from '../documented-members.ts';
import { fiat } from '../new-money.ts';
import { customItem, newCharges, newDiscount, pricedItem } from './new-charges.ts';

const documented = documentedRequests('maple');

/** What is sent. */
function textOf(changes: Partial<NewMapleCharges>): string {
  return JSON.stringify(oneTimesRequest('cus_1', newCharges(changes)));
}

/** What the document has against it. */
function problemsOf(body: string): readonly string[] {
  const path = '/api/v1/companies/cmp_1/one_times';
  return documented.problems({
    method: 'POST',
    path,
    query: new URLSearchParams(),
    idempotencyKey: null,
    body,
  });
}

/** Every member that charges can have. */
const WHOLE: Partial<NewMapleCharges> = {
  timing: 'IMMEDIATE',
  items: [
    customItem(fiat('12.50'), {
      quantity: decimal('2.5'),
      quantityConfig: {
        allowCustomQuantity: false,
        minQuantity: decimal('0'),
        maxQuantity: decimal('10.25'),
      },
      sortOrder: -3,
    }),
    pricedItem(),
  ],
  discounts: [
    newDiscount({
      amount: fiat('1'),
      cap: fiat('0.50'),
      percent: decimal('0.5'),
      state: 'ACTIVE',
      couponId: 'coup_1',
      customerId: 'cus_1',
      expiresAt: instant('2027-01-01T12:00:00.5Z'),
      itemPricingId: 'itp_1',
      oneTimeChargeId: 'otb_1',
      productId: 'prod_1',
      productPricingId: 'price_1',
      proposalId: 'prop_1',
      subscriptionId: 'subs_1',
      importRef: 'legacy/7',
      importedFrom: 'legacy',
      importCreatedAt: instant('2020-01-01T00:00:00Z'),
    }),
  ],
  notes: 'Thanks',
  invoiceDate: instant('2026-06-20T12:00:00Z'),
  dueAfterDays: 0,
  autoCharge: false,
  paymentInstructions: 'By wire',
  metadata: { order: JSON.rawJSON('7.10'), tags: ['a', null, true] },
};

describe('charges that are sent to Maple', () => {
  it('hold what was given, and nothing else', () => {
    expect(textOf({})).toBe(
      '{"customer_id":"cus_1","type":"NEXT","onetime_items":[{"aggregate":2,"product_pricing_id":"price_1"}]}',
    );
    expect(problemsOf(textOf({}))).toEqual([]);
  });

  it('hold all that can be given', () => {
    expect(textOf(WHOLE)).toBe(
      '{"customer_id":"cus_1","type":"IMMEDIATE","onetime_items":[' +
        '{"aggregate":2.5,"custom_price":{"amount":{"currency":"USD","value_in_cents":1250},' +
        '"description":"Workshop","product_id":"prod_1"},' +
        '"quantity_config":{"allow_custom_quantity":false,"max_quantity":10.25,"min_quantity":0},"sort_order":-3},' +
        '{"aggregate":2,"product_pricing_id":"price_1"}],' +
        '"discounts":[{"name":"Goodwill","type":"DISCOUNT_AMOUNT","amount":{"currency":"USD","value_in_cents":100},' +
        '"cap":{"currency":"USD","value_in_cents":50},"percent":0.5,"state":"ACTIVE","coupon_id":"coup_1",' +
        '"customer_id":"cus_1","expiration_date":"2027-01-01T12:00:00.5Z","item_pricing_id":"itp_1",' +
        '"onetime_billable_id":"otb_1","product_id":"prod_1","product_pricing_id":"price_1",' +
        '"proposal_id":"prop_1","subscription_id":"subs_1","import_ref":"legacy/7","imported_from":"legacy",' +
        '"import_created_at_ref":"2020-01-01T00:00:00Z"}],' +
        '"auto_charges":false,"invoice_date":"2026-06-20T12:00:00Z","invoice_due_date_from_creation":0,' +
        '"invoice_payment_instructions":"By wire","metadata":{"order":7.10,"tags":["a",null,true]},"notes":"Thanks"}',
    );
    expect(problemsOf(textOf(WHOLE))).toEqual([]);
  });

  it('can hold every member that the reference names', () => {
    const body: unknown = JSON.parse(textOf(WHOLE));
    const membersAt = (...path: readonly (string | number)[]): string[] =>
      Object.keys(pickObject(body, ...path)).toSorted();
    expect(membersAt()).toEqual(documented.members('OneTimeCreateRequest'));
    const items = [...new Set([...membersAt('onetime_items', 0), ...membersAt('onetime_items', 1)])];
    expect(items.toSorted()).toEqual(documented.members('OneTimeItemInput'));
    expect(membersAt('onetime_items', 0, 'custom_price')).toEqual(documented.members('CustomPrice'));
    expect(membersAt('onetime_items', 0, 'custom_price', 'amount')).toEqual(documented.members('Money'));
    expect(membersAt('onetime_items', 0, 'quantity_config')).toEqual(documented.members('QuantityConfig'));
    expect(membersAt('discounts', 0)).toEqual(documented.members('Discount'));
  });

  it.each(['0.000000000012345', '123456789012345', '1e3', '2.50', '100'])(
    'write a quantity of %s digit for digit',
    (quantity) => {
      const [text] =
        /(?<="aggregate":)[^,]+/.exec(textOf({ items: [pricedItem({ quantity: decimal(quantity) })] })) ?? [];
      expect(text).toMatch(/^\d+(?:\.\d*[1-9])?$/);
      expect(Number(text)).toBe(Number(quantity));
    },
  );

  it('leave a configuration without members empty', () => {
    const quantityConfig = { allowCustomQuantity: null, minQuantity: null, maxQuantity: null };
    expect(textOf({ items: [pricedItem({ quantityConfig })] })).toContain('"quantity_config":{}');
  });

  it('keep members of metadata whatever their names', () => {
    const metadata = Object.fromEntries([['__proto__', 'a'] as const, ['constructor', null] as const]);
    expect(textOf({ metadata })).toContain('"metadata":{"__proto__":"a","constructor":null}');
  });
});

describe('an amount that is sent to Maple', () => {
  it.each([
    ['12.50', 'USD', '1250'],
    ['0', 'USD', '0'],
    ['1234', 'JPY', '1234'],
    ['1.234', 'KWD', '1234'],
    ['9999999999999.99', 'EUR', '999999999999999'],
  ])('counts %s %s in minor units: %s', (amount, currency, minor) => {
    expect(minorAmountOf(fiat(amount, currency))).toBe(minor);
  });
});
