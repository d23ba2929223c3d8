import { describe, expect, it } from 'vitest';
import { pricingOf } from '../../../src/upstream/metronome/map-pricing.ts';
import { euros, num, tokens, usdCents } from './wire-builders.ts';

const price = (value: string, tier = '0') => ({ value: num(value), tier: num(tier) });
const nothingSaid = { quantity: null, schedule: null, interval: null };

describe('pricingOf', () => {
  it('is flat without a unit price where there is no price', () => {
    expect(pricingOf([], usdCents)).toMatchObject({
      model: 'FLAT',
      unitPrice: null,
      tiers: [],
      unit: { currency: 'USD' },
    });
  });

  it.each([
    ['50', usdCents, '0.50'],
    ['0.1', usdCents, '0.001'],
    ['1e-7', usdCents, '0.000000001'],
    ['10', euros, '10.00'],
    ['1e-7', tokens, '0.0000001'],
    ['9007199254740993', tokens, '9007199254740993'],
  ])('gives a price of %s in major units', (value, creditType, unitPrice) => {
    expect(pricingOf([price(value)], creditType)).toMatchObject({ model: 'FLAT', unitPrice, tiers: [] });
  });

  it('is flat with one price from zero on, and keeps where a single price begins later', () => {
    expect(pricingOf([price('50', '0.0')], usdCents)).toMatchObject({ model: 'FLAT', unitPrice: '0.50' });
    expect(pricingOf([price('50', '10')], usdCents)).toMatchObject({
      model: 'GRADUATED',
      unitPrice: null,
      tiers: [{ startsAt: '10', endsAt: null, unitPrice: '0.50' }],
    });
  });

  it('is graduated with several prices, tiers in order and each up to the next', () => {
    const prices = [price('5', '1000'), price('10', '0'), price('7', '99.5')];
    expect(pricingOf(prices, usdCents)).toStrictEqual({
      model: 'GRADUATED',
      providerModel: null,
      unit: { kind: 'FIAT', name: 'USD (cents)', currency: 'USD', providerId: usdCents.id },
      unitPrice: null,
      flatPrice: null,
      stepSize: null,
      tiers: [
        { startsAt: '0', endsAt: '99.5', unitPrice: '0.10', flatPrice: null, collection: nothingSaid },
        { startsAt: '99.5', endsAt: '1000', unitPrice: '0.07', flatPrice: null, collection: nothingSaid },
        { startsAt: '1000', endsAt: null, unitPrice: '0.05', flatPrice: null, collection: nothingSaid },
      ],
      unitPriceByPeriod: [],
      minUnitPrice: null,
      maxUnitPrice: null,
      frequency: null,
      collection: nothingSaid,
    });
  });

  it('gives what is said about collecting, of one price and of each tier', () => {
    const collected = {
      ...price('50'),
      quantity: num('2.5'),
      collection_schedule: 'ADVANCE',
      collection_interval: num('3'),
    };
    const collection = { quantity: '2.5', schedule: 'ADVANCE', interval: '3' };
    expect(pricingOf([collected], usdCents).collection).toEqual(collection);
    const graduated = pricingOf([collected, price('1', '10')], usdCents);
    expect(graduated.collection).toEqual(nothingSaid);
    expect(graduated.tiers.map((tier) => tier.collection)).toEqual([collection, nothingSaid]);
  });

  it('names the price that is too long', () => {
    expect(() => pricingOf([price('1e999')], usdCents)).toThrow('plan_charge.prices.value');
    expect(() => pricingOf([price('1'), price('1', '1e999')], usdCents)).toThrow('plan_charge.prices.tier');
  });
});
