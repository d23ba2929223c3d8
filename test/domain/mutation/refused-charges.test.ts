import { describe, expect, it } from 'vitest';
import { checkCharge } from '../../../src/domain/mutation/check-charge.ts';
import type { MapleChargeInput } from '../../../src/domain/mutation/maple-charge-input.ts';
import type { MapleDiscountInput } from '../../../src/domain/mutation/maple-discount-input.ts';
import type { MapleItemInput } from '../../../src/domain/mutation/maple-item-input.ts';
import type { MetronomeChargeInput } from '../../../src/domain/mutation/metronome-charge-input.ts';
import {
  customItem,
  decimal,
  instant,
  mapleInput,
  metronomeInput,
  money,
  pricedItem,
  units,
} from './charge-inputs.ts';

const USD_CENTS_ID = '2714e483-4ff1-48e4-9e25-ac732e8f24f2';
/** Sixteen digits. */
const LONG = '1234567.890123456';

describe('a charge of Metronome', () => {
  it.each<[string, Partial<MetronomeChargeInput>, string]>([
    ['a charge id that is no UUID', { chargeId: 'onboarding' }, 'chargeId'],
    ['an empty charge id', { chargeId: '' }, 'chargeId'],
    ['a UUID with something behind it', { chargeId: 'e0a4b3c2-1d2e-4f3a-8b4c-5d6e7f8a9b05\n' }, 'chargeId'],
    ['a UUID in braces', { customerPlanId: '{9a7c2f44-3f0e-4b57-9d36-0f9d1c0d2e03}' }, 'customerPlanId'],
    ['a start in the day', { invoiceStart: instant('2026-06-01T00:00:01Z') }, 'invoiceStart'],
    ['a start just after midnight', { invoiceStart: instant('2026-06-01T00:00:00.001Z') }, 'invoiceStart'],
    ['a start half a second after', { invoiceStart: instant('2026-06-01T00:00:00.5Z') }, 'invoiceStart'],
    ['midnight elsewhere', { invoiceStart: instant('2026-06-01T00:00:00+02:00') }, 'invoiceStart'],
    ['a price in no unit', { unitPrice: { amount: decimal('1') } }, 'unitPrice'],
    ['a price in two units', { unitPrice: { ...money('1'), ...units('1') } }, 'unitPrice'],
    ['a unit that is no UUID', { unitPrice: units('1', 'tokens') }, 'unitPrice.pricingUnitId'],
    ['the unit of US dollars', { unitPrice: units('1', USD_CENTS_ID) }, 'unitPrice.pricingUnitId'],
    [
      'the unit of US dollars in capitals',
      { unitPrice: units('1', USD_CENTS_ID.toUpperCase()) },
      'unitPrice.pricingUnitId',
    ],
    ['a negative price', { unitPrice: money('-0.01') }, 'unitPrice.amount'],
    ['a price of too many digits', { unitPrice: money(LONG) }, 'unitPrice.amount'],
    ['dollars that are too many cents', { unitPrice: money('10000000000000') }, 'unitPrice.amount'],
    ['units of too many digits', { unitPrice: units('1234567890123456') }, 'unitPrice.amount'],
    ['a quantity of zero', { quantity: decimal('0.00') }, 'quantity'],
    ['a negative quantity', { quantity: decimal('-1') }, 'quantity'],
    ['a quantity of too many digits', { quantity: decimal(LONG) }, 'quantity'],
    ['an empty description', { description: '' }, 'description'],
    ['a blank description', { description: ' \t\n\u00A0' }, 'description'],
  ])('with %s is refused', (_, changes, field) => {
    const refusal = checkCharge({ metronome: metronomeInput(changes) }, 'METRONOME', 'charge');
    expect(refusal).toMatchObject({
      type: 'InvalidInputError',
      code: 'BAD_USER_INPUT',
      field: `charge.metronome.${field}`,
    });
  });

  it('with a negative price is told that a credit is no charge', () => {
    const refusal = checkCharge(
      { metronome: metronomeInput({ unitPrice: money('-1') }) },
      'METRONOME',
      'charge',
    );
    expect(refusal).toMatchObject({
      message: 'charge.metronome.unitPrice.amount must not be negative: a credit is no charge.',
    });
  });
});

/** A table of what is refused of Maple charges. */
function expectMapleRefusal(changes: Partial<MapleChargeInput>, field: string): void {
  const refusal = checkCharge({ maple: mapleInput(changes) }, 'MAPLE', 'charge');
  expect(refusal).toMatchObject({
    type: 'InvalidInputError',
    code: 'BAD_USER_INPUT',
    field: `charge.maple.${field}`,
  });
}

describe('charges of Maple', () => {
  it.each<[string, Partial<MapleChargeInput>, string]>([
    ['no items', { items: [] }, 'items'],
    ['negative days', { dueAfterDays: -1 }, 'dueAfterDays'],
    [
      'a fault in a later item',
      { items: [pricedItem(), pricedItem({ quantity: decimal('0') })] },
      'items[1].quantity',
    ],
  ])('with %s are refused', (_, changes, field) => {
    expectMapleRefusal(changes, field);
  });

  const both: MapleItemInput = { ...pricedItem(), ...customItem(money('1')) };
  it.each<[string, MapleItemInput, string]>([
    ['no price', { quantity: decimal('1') }, ''],
    ['null for both prices', { quantity: decimal('1'), productPricingId: null, customPrice: null }, ''],
    ['two prices', both, ''],
    ['a quantity of zero', pricedItem({ quantity: decimal('0') }), '.quantity'],
    ['a negative quantity', pricedItem({ quantity: decimal('-2') }), '.quantity'],
    ['a quantity of too many digits', pricedItem({ quantity: decimal(LONG) }), '.quantity'],
    ['an empty pricing id', pricedItem({ productPricingId: '' }), '.productPricingId'],
    ['a pricing id that is a path', pricedItem({ productPricingId: '../x' }), '.productPricingId'],
    [
      'a product id that is a path',
      {
        quantity: decimal('1'),
        customPrice: { productId: 'a/b', unitPrice: money('1'), description: 'x' },
      },
      '.customPrice.productId',
    ],
    [
      'a blank description',
      { quantity: decimal('1'), customPrice: { productId: 'p', unitPrice: money('1'), description: ' ' } },
      '.customPrice.description',
    ],
    ['a negative price', customItem(money('-1')), '.customPrice.unitPrice.amount'],
    ['a fraction of a cent', customItem(money('1.005')), '.customPrice.unitPrice.amount'],
    ['a fraction of a yen', customItem(money('0.5', 'JPY')), '.customPrice.unitPrice.amount'],
    ['a fraction of a fils', customItem(money('1.2345', 'KWD')), '.customPrice.unitPrice.amount'],
    ['too many cents', customItem(money('10000000000000')), '.customPrice.unitPrice.amount'],
    ['too many fils', customItem(money('1000000000000', 'KWD')), '.customPrice.unitPrice.amount'],
    ['a custom unit', customItem(units('1')), '.customPrice.unitPrice.pricingUnitId'],
    ['a price in no unit', customItem({ amount: decimal('1') }), '.customPrice.unitPrice'],
    ['a price in two units', customItem({ ...money('1'), ...units('1') }), '.customPrice.unitPrice'],
    [
      'a negative smallest quantity',
      pricedItem({ quantityConfig: { minQuantity: decimal('-1') } }),
      '.quantityConfig.minQuantity',
    ],
    [
      'a negative largest quantity',
      pricedItem({ quantityConfig: { maxQuantity: decimal('-1') } }),
      '.quantityConfig.maxQuantity',
    ],
    [
      'bounds that leave nothing between them',
      pricedItem({ quantityConfig: { minQuantity: decimal('2'), maxQuantity: decimal('1.9') } }),
      '.quantityConfig.maxQuantity',
    ],
    [
      'a bound of too many digits',
      pricedItem({ quantityConfig: { minQuantity: decimal(LONG) } }),
      '.quantityConfig.minQuantity',
    ],
  ])('with an item of %s are refused', (_, item, field) => {
    expectMapleRefusal({ items: [item] }, `items[0]${field}`);
  });

  it.each<[string, Partial<MapleDiscountInput>, string]>([
    ['a blank name', { name: ' ' }, 'name'],
    ['a blank type', { type: '' }, 'type'],
    ['a negative amount', { amount: money('-1') }, 'amount.amount'],
    ['a fraction of a cent', { amount: money('0.001') }, 'amount.amount'],
    ['a custom unit', { amount: units('1') }, 'amount.pricingUnitId'],
    ['an amount in no unit', { amount: { amount: decimal('1') } }, 'amount'],
    ['a negative cap', { cap: money('-1') }, 'cap.amount'],
    ['a negative percent', { percent: decimal('-0.1') }, 'percent'],
    ['a percent of too many digits', { percent: decimal('0.1234567890123456') }, 'percent'],
    ['a coupon that is a path', { couponId: '..' }, 'couponId'],
    ['a customer that is a path', { customerId: 'a/b' }, 'customerId'],
    ['an item pricing that is a path', { itemPricingId: 'a?b' }, 'itemPricingId'],
    ['a charge that is a path', { oneTimeChargeId: '#' }, 'oneTimeChargeId'],
    ['an empty product', { productId: '' }, 'productId'],
    ['an empty pricing', { productPricingId: ' ' }, 'productPricingId'],
    ['a proposal that is a path', { proposalId: '%2e' }, 'proposalId'],
    ['a subscription with a control character', { subscriptionId: 'a\u0000' }, 'subscriptionId'],
  ])('with a discount of %s are refused', (_, changes, field) => {
    const discount = { name: 'Goodwill', type: 'DISCOUNT_AMOUNT', ...changes };
    const fine = { name: 'Goodwill', type: 'DISCOUNT_AMOUNT', amount: money('1') };
    expectMapleRefusal({ discounts: [fine, discount] }, `discounts[1].${field}`);
  });
});
