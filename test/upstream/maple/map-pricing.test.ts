import { describe, expect, it } from 'vitest';
import type { Pricing } from '../../../src/domain/charge/pricing.ts';
import { pricingFrom, unshownPricing } from '../../../src/upstream/maple/map-pricing.ts';
import { priceScale, type MaplePriceUnit } from '../../../src/upstream/maple/price-scale.ts';
import type { MapleItemPricing } from '../../../src/upstream/maple/wire.gen.ts';
import { number } from './wire-rows.ts';

function pricing(
  row: MapleItemPricing,
  priceUnit: MaplePriceUnit = 'unknown',
  currency: string | null = 'USD',
): Pricing {
  return pricingFrom(row, priceScale(priceUnit, currency));
}

function fixed(digits: string): MapleItemPricing {
  return { type: 'FIXED', fixed_price: { price_per_unit: number(digits) } };
}

const collection = { quantity: null, schedule: null, interval: null };

describe('the unit of prices', () => {
  it.each([
    ['minor', 'USD', '123.45', '1.2345'],
    ['minor', 'USD', '50', '0.50'],
    ['minor', 'JPY', '50', '50'],
    ['minor', 'KWD', '50', '0.050'],
    ['minor', 'USD', '-0.005', '-0.00005'],
    ['major', 'USD', '12.5', '12.50'],
    ['major', 'JPY', '0.1', '0.1'],
    ['major', 'KWD', '1e-7', '0.0000001'],
  ] as const)('reads prices in the %s unit of %s: %s is %s', (priceUnit, currency, digits, expected) => {
    const { unit, unitPrice } = pricing(fixed(digits), priceUnit, currency);
    expect(unit).toEqual({ kind: 'FIAT', name: currency, currency, providerId: null });
    expect(unitPrice).toBe(expected);
  });

  it.each(['0.1', '123.45', '9007199254740993', '-0.005'])(
    'leaves %s as it is and without unit when unknown',
    (digits) => {
      expect(pricing(fixed(digits), 'unknown')).toMatchObject({ unit: null, unitPrice: digits });
    },
  );

  it.each([null, '', 'POINTS'])('has no unit and does not scale in the currency %j', (currency) => {
    expect(pricing(fixed('50'), 'minor', currency)).toMatchObject({ unit: null, unitPrice: '50' });
  });
});

describe('the pricing model', () => {
  it.each([
    ['FIXED', 'FLAT'],
    ['GRADIENT', 'GRADUATED'],
    ['VOLUME', 'VOLUME'],
    ['STEP', 'STEP'],
    ['SCHEDULED', 'SCHEDULED'],
    ['CUSTOM', 'CUSTOM'],
    ['HYBRID', 'UNKNOWN'],
    ['fixed', 'UNKNOWN'],
  ])('takes %s for %s and keeps the word', (type, model) => {
    expect(pricing({ type })).toMatchObject({ model, providerModel: type });
  });

  it.each<[string, MapleItemPricing]>([
    ['FLAT', { fixed_price: { price_per_unit: number('1') } }],
    ['GRADUATED', { gradient_price: [{ start: number('0') }] }],
    ['VOLUME', { volume_price: [{ total_units_start: number('0') }] }],
    ['STEP', { step_price: { step_size: number('1') } }],
    ['SCHEDULED', { scheduled_price: { price_per_unit_per_period: ['1'] } }],
    ['CUSTOM', { custom_price: { preset_price_per_unit: number('1') } }],
    ['UNKNOWN', { credit_price: { type: 'AMOUNT' } }],
  ])('is %s by the one filled price when no type is given', (model, members) => {
    const none = { type: '', gradient_price: null, volume_price: null };
    expect(pricing({ ...none, ...members })).toMatchObject({ model, providerModel: null });
  });

  it('counts an empty list and an object of nulls as not filled', () => {
    const row = {
      fixed_price: { price_per_unit: null },
      volume_price: [],
      step_price: { step_size: number('1') },
    };
    expect(pricing(row).model).toBe('STEP');
  });

  it('is UNKNOWN without type when two prices are filled, or none', () => {
    const two = { fixed_price: { price_per_unit: number('1') }, step_price: { step_size: number('1') } };
    expect(pricing(two)).toMatchObject({ model: 'UNKNOWN', unitPrice: null });
    expect(pricing({})).toMatchObject({ model: 'UNKNOWN', providerModel: null });
  });

  it('shows no price of an unknown model', () => {
    const row = { ...fixed('1'), type: 'HYBRID', gradient_price: [{ start: number('0') }] };
    expect(pricing(row)).toMatchObject({ unitPrice: null, flatPrice: null, tiers: [] });
  });
});

describe('the prices of each model', () => {
  it('gives a STEP price for the step and its size, of which only the price is scaled', () => {
    const row = { type: 'STEP', step_price: { price_per_step: number('123.45'), step_size: number('100') } };
    expect(pricing(row, 'minor')).toMatchObject({ flatPrice: '1.2345', stepSize: '100', unitPrice: null });
  });

  it('gives a CUSTOM price with its bounds, scaled', () => {
    const custom_price = {
      price_per_unit: number('300'),
      preset_price_per_unit: number('200'),
      min_price_per_unit: number('100'),
      max_price_per_unit: number('900'),
    };
    expect(pricing({ type: 'CUSTOM', custom_price }, 'minor')).toMatchObject({
      unitPrice: '3.00',
      minUnitPrice: '1.00',
      maxUnitPrice: '9.00',
    });
  });

  it('takes the preset for a CUSTOM price that is not chosen', () => {
    const custom_price = { price_per_unit: null, preset_price_per_unit: number('200') };
    expect(pricing({ type: 'CUSTOM', custom_price })).toMatchObject({ unitPrice: '200', minUnitPrice: null });
  });

  it('gives the texts of a SCHEDULED price as prices by period', () => {
    const row = { type: 'SCHEDULED', scheduled_price: { price_per_unit_per_period: ['0.75', '1e-7', '70'] } };
    expect(pricing(row).unitPriceByPeriod).toEqual(['0.75', '0.0000001', '70']);
    expect(pricing(row, 'minor').unitPriceByPeriod).toEqual(['0.0075', '0.000000001', '0.70']);
  });

  it('names the scheduled price that is no number', () => {
    const row = { type: 'SCHEDULED', scheduled_price: { price_per_unit_per_period: ['1', 'free'] } };
    expect(() => pricing(row)).toThrow('item_pricing.scheduled_price.price_per_unit_per_period[1]');
  });

  it('orders gradient tiers by start and leaves the last one open', () => {
    const gradient_price = [
      { start: number('1000'), price_per_unit: number('0.0125'), flat_price: null },
      { start: number('0'), end: number('1000'), price_per_unit: number('2.5'), flat_price: number('0') },
    ];
    expect(pricing({ type: 'GRADIENT', gradient_price }, 'minor').tiers).toEqual([
      { startsAt: '0', endsAt: '1000', unitPrice: '0.025', flatPrice: '0.00', collection },
      { startsAt: '1000', endsAt: null, unitPrice: '0.000125', flatPrice: null, collection },
    ]);
  });

  it('reads volume tiers by their own names', () => {
    const volume_price = [
      { total_units_start: number('0'), total_units_end: number('10'), price_per_unit: number('5') },
    ];
    expect(pricing({ type: 'VOLUME', volume_price }).tiers).toEqual([
      { startsAt: '0', endsAt: '10', unitPrice: '5', flatPrice: null, collection },
    ]);
  });

  it('names the start that a tier lacks instead of taking zero', () => {
    const gradient = { type: 'GRADIENT', gradient_price: [{ start: number('0') }, { start: null }] };
    expect(() => pricing(gradient)).toThrow('item_pricing.gradient_price[1].start');
    const volume = { type: 'VOLUME', volume_price: [{ price_per_unit: number('1') }] };
    expect(() => pricing(volume)).toThrow('item_pricing.volume_price[0].total_units_start');
  });

  it('leaves a price null that the upstream does not give', () => {
    expect(pricing({ type: 'FIXED', fixed_price: null }).unitPrice).toBeNull();
    expect(unshownPricing(priceScale('minor', 'USD'))).toMatchObject({ model: 'UNKNOWN', unitPrice: null });
  });

  it('keeps the frequency as it is spelled', () => {
    expect(pricing({ ...fixed('1'), frequency: 'FORTNIGHT' }).frequency).toBe('FORTNIGHT');
    expect(pricing(fixed('1')).frequency).toBeNull();
  });
});
