import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { oneTimeChargeFrom } from '../../../src/upstream/maple/map-one-time-charge.ts';
import { money, number, oneTimeRow, pricingRow } from './wire-rows.ts';

function custom(description: string | null, currency = 'USD') {
  return { custom_price: { amount: money('1250', currency), product_id: 'prod_9', description } };
}

describe('oneTimeChargeFrom', () => {
  it('maps a custom price: unit price in money, total not said', () => {
    const row = oneTimeRow({ ...custom('Training', 'KWD'), aggregate: number('2.5'), state: 'PENDING' });
    expect(oneTimeChargeFrom('cus_1', row)).toMatchObject({
      type: 'OneTimeCharge',
      providerId: 'onetime_1',
      path: ['cus_1', 'onetime_1'],
      customer: { provider: 'MAPLE', providerId: 'cus_1' },
      name: 'Training',
      product: { provider: 'MAPLE', providerId: 'prod_9' },
      quantity: '2.5',
      unitPrice: { amount: '1.250', minorAmount: '1250' },
      total: null,
      status: 'PENDING',
      createdAt: null,
      customFields: {},
    });
  });

  it('maps a product pricing: product by its embedded copy, no unit price', () => {
    const product_pricing = pricingRow({ product: { id: 'prod_1', name: 'Services' } });
    expect(oneTimeChargeFrom('cus_1', oneTimeRow({ product_pricing }))).toMatchObject({
      name: 'Monthly',
      product: { providerId: 'prod_1', name: 'Services' },
      unitPrice: null,
    });
  });

  it.each([
    [{ name: 'Own', product_pricing: pricingRow({ external_name: 'External' }) }, 'Own'],
    [{ name: '', product_pricing: pricingRow({ external_name: 'External' }) }, 'External'],
    [{ product_pricing: pricingRow({ external_name: '' }) }, 'Monthly'],
    [custom('Described'), 'Described'],
    [custom(''), 'onetime_1'],
  ])('takes the first name there is, in turn (%#)', (members, name) => {
    expect(oneTimeChargeFrom('cus_1', oneTimeRow(members)).name).toBe(name);
  });

  it('has no product where the row names none', () => {
    expect(oneTimeChargeFrom('cus_1', oneTimeRow()).product).toBeNull();
  });

  it.each(['9007199254740993', '0.1', '-0.005'])('keeps the quantity %s digit for digit', (digits) => {
    expect(oneTimeChargeFrom('cus_1', oneTimeRow({ aggregate: number(digits) })).quantity).toBe(digits);
  });

  it('names the quantity that is absent', () => {
    const mapped = () => oneTimeChargeFrom('cus_1', oneTimeRow({ aggregate: null }));
    expect(mapped).toThrow(UpstreamInvalidResponseError);
    expect(mapped).toThrow('one_time.aggregate');
  });
});
