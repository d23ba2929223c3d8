import { describe, expect, it } from 'vitest';
import { checkCharge } from '../../../src/domain/mutation/check-charge.ts';
import type { NewCharge } from '../../../src/domain/mutation/new-charge.ts';
import type { OneTimeChargeInput } from '../../../src/domain/mutation/one-time-charge-input.ts';
import type { Provider } from '../../../src/provider.ts';
import { customItem, decimal, instant, mapleInput, metronomeInput, money, units } from './charge-inputs.ts';

function accepted(input: OneTimeChargeInput, provider: Provider): NewCharge {
  const charge = checkCharge(input, provider, 'charge');
  if ('type' in charge) throw new Error(charge.message);
  return charge;
}

describe('checkCharge', () => {
  it('gives what is to be sent to Metronome, each value in one spelling', () => {
    const metronome = metronomeInput({
      chargeId: 'E0A4B3C2-1D2E-4F3A-8B4C-5D6E7F8A9B05',
      invoiceStart: instant('2026-06-01T02:00:00.000+02:00'),
      unitPrice: money('2.50'),
      quantity: decimal('1.0'),
    });
    expect(accepted({ metronome }, 'METRONOME')).toEqual({
      provider: 'METRONOME',
      chargeId: 'e0a4b3c2-1d2e-4f3a-8b4c-5d6e7f8a9b05',
      customerPlanId: '9a7c2f44-3f0e-4b57-9d36-0f9d1c0d2e03',
      invoiceStart: '2026-06-01T00:00:00Z',
      unitPrice: { kind: 'FIAT', amount: '2.5', currency: 'USD' },
      quantity: '1',
      description: 'Onboarding',
    });
  });

  it('takes an amount of a custom pricing unit for Metronome', () => {
    const unitPrice = units('1250', '7D3F0A10-0000-4000-8000-000000000001');
    expect(accepted({ metronome: metronomeInput({ unitPrice }) }, 'METRONOME')).toMatchObject({
      unitPrice: {
        kind: 'CUSTOM',
        amount: '1250',
        pricingUnitId: '7d3f0a10-0000-4000-8000-000000000001',
      },
    });
  });

  it('gives what is to be sent to Maple, null where nothing is given', () => {
    expect(accepted({ maple: mapleInput() }, 'MAPLE')).toEqual({
      provider: 'MAPLE',
      timing: 'NEXT',
      items: [
        {
          quantity: '1',
          price: { kind: 'PRODUCT_PRICING', productPricingId: 'price_onboarding_usd' },
          quantityConfig: null,
          sortOrder: null,
        },
      ],
      discounts: [],
      notes: null,
      invoiceDate: null,
      dueAfterDays: null,
      autoCharge: null,
      paymentInstructions: null,
      metadata: null,
    });
  });

  it('gives every member of a request to Maple', () => {
    const item = customItem(money('2.500'), {
      quantity: decimal('2.50'),
      quantityConfig: { allowCustomQuantity: false, minQuantity: decimal('0'), maxQuantity: decimal('10.0') },
      sortOrder: -3,
    });
    const maple = mapleInput({
      timing: 'IMMEDIATE',
      items: [item],
      discounts: [
        {
          name: 'Goodwill',
          type: 'DISCOUNT_AMOUNT',
          amount: money('1'),
          cap: money('0.50'),
          percent: decimal('0.50'),
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
        },
      ],
      notes: 'Thanks',
      invoiceDate: instant('2026-06-20T08:00:00-04:00'),
      dueAfterDays: 0,
      autoCharge: false,
      paymentInstructions: 'By wire',
      metadata: { order: '7' },
    });
    expect(accepted({ maple }, 'MAPLE')).toEqual({
      provider: 'MAPLE',
      timing: 'IMMEDIATE',
      items: [
        {
          quantity: '2.5',
          price: {
            kind: 'CUSTOM',
            productId: 'prod_services',
            unitPrice: { kind: 'FIAT', amount: '2.5', currency: 'USD' },
            description: 'Training',
          },
          quantityConfig: { allowCustomQuantity: false, minQuantity: '0', maxQuantity: '10' },
          sortOrder: -3,
        },
      ],
      discounts: [
        {
          name: 'Goodwill',
          type: 'DISCOUNT_AMOUNT',
          amount: { kind: 'FIAT', amount: '1', currency: 'USD' },
          cap: { kind: 'FIAT', amount: '0.5', currency: 'USD' },
          percent: '0.5',
          state: 'ACTIVE',
          couponId: 'coup_1',
          customerId: 'cus_1',
          expiresAt: '2027-01-01T12:00:00.5Z',
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
      invoiceDate: '2026-06-20T12:00:00Z',
      dueAfterDays: 0,
      autoCharge: false,
      paymentInstructions: 'By wire',
      metadata: { order: '7' },
    });
  });

  it('takes null for what is left out', () => {
    const nothing = {
      discounts: null,
      notes: null,
      invoiceDate: null,
      dueAfterDays: null,
      autoCharge: null,
      paymentInstructions: null,
      metadata: null,
    };
    expect(accepted({ maple: mapleInput(nothing) }, 'MAPLE')).toEqual(
      accepted({ maple: mapleInput() }, 'MAPLE'),
    );
    const metronome = metronomeInput({ unitPrice: { ...money('1'), pricingUnitId: null } });
    expect(accepted({ metronome }, 'METRONOME')).toMatchObject({ unitPrice: { kind: 'FIAT' } });
  });

  it('leaves it to Maple whether items may be in several currencies', () => {
    const items = [customItem(money('1', 'USD')), customItem(money('1', 'JPY'))];
    expect(accepted({ maple: mapleInput({ items }) }, 'MAPLE')).toMatchObject({ items: [{}, {}] });
  });

  it('refuses a charge in the terms of the other provider', () => {
    expect(checkCharge({ maple: mapleInput() }, 'METRONOME', 'charge')).toMatchObject({
      type: 'InvalidInputError',
      code: 'BAD_USER_INPUT',
      field: 'charge.maple',
    });
    expect(checkCharge({ metronome: metronomeInput() }, 'MAPLE', 'charge')).toMatchObject({
      type: 'InvalidInputError',
      code: 'BAD_USER_INPUT',
      field: 'charge.metronome',
    });
  });

  it('tells the first fault in the order of the schema', () => {
    const metronome = metronomeInput({ customerPlanId: 'x', quantity: decimal('0'), description: ' ' });
    expect(checkCharge({ metronome }, 'METRONOME', 'charge')).toMatchObject({
      field: 'charge.metronome.customerPlanId',
    });
    const maple = mapleInput({
      items: [customItem(money('-1')), customItem(money('0.001'))],
      dueAfterDays: -1,
    });
    expect(checkCharge({ maple }, 'MAPLE', 'charge')).toMatchObject({
      field: 'charge.maple.items[0].customPrice.unitPrice.amount',
    });
  });
});
