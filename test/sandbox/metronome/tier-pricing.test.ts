import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { priceByTier } from '../../../src/sandbox/metronome/tier-pricing.ts';

describe('tier pricing', () => {
  const prices = [
    { tier: new Big(0), value: new Big('12.5') },
    { tier: new Big(500), value: new Big('10') },
    { tier: new Big(1000), value: new Big('0.1') },
  ];
  const priced = (quantity: string, counted = '0') => {
    const { tiers, subtotal } = priceByTier(prices, new Big(quantity), new Big(counted));
    return [
      subtotal.toFixed(),
      ...tiers.map((tier) => `${tier.quantity.toFixed()} from ${tier.starting_at.toFixed()}`),
    ];
  };

  it('prices each unit by the tier it falls into', () => {
    expect(priced('800')).toEqual(['9250', '500 from 0', '300 from 500']);
    expect(priced('1000.5')).toEqual(['11250.05', '500 from 0', '500 from 500', '0.5 from 1000']);
  });

  it('begins where the tier window stands', () => {
    expect(priced('200', '450')).toEqual(['2125', '50 from 0', '150 from 500']);
    expect(priced('10', '5000')).toEqual(['1', '10 from 1000']);
  });

  it('lists no tier that nothing falls into', () => {
    expect(priced('500')).toEqual(['6250', '500 from 0']);
    expect(priced('0')).toEqual(['0']);
  });
});
