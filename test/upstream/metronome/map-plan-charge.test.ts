import { describe, expect, it } from 'vitest';
import { planRefOf } from '../../../src/upstream/metronome/map-plan.ts';
import { planChargeOf } from '../../../src/upstream/metronome/map-plan-charge.ts';
import { num, wirePlanCharge } from './wire-builders.ts';

const plan = planRefOf('plan-1');

describe('planChargeOf', () => {
  it('gives every field of a charge', () => {
    const row = wirePlanCharge({
      quantity: num('0.1'),
      start_period: num('3'),
      tier_reset_frequency: num('12'),
    });
    expect(planChargeOf(row, plan)).toMatchObject({
      type: 'PlanCharge',
      provider: 'METRONOME',
      providerId: 'charge-1',
      plan,
      name: 'Requests',
      product: { provider: 'METRONOME', providerId: 'product-1', name: 'API' },
      customFields: { sku: 'R1' },
      pricing: { model: 'FLAT', unitPrice: '0.50' },
      quantity: '0.1',
      startPeriod: 3,
      tierResetFrequency: 12,
      unitConversion: null,
      minimumSpend: null,
      basePrice: null,
    });
  });

  it('leaves null what the row leaves out, without the documented default', () => {
    const row = wirePlanCharge({ quantity: null });
    expect(planChargeOf(row, plan)).toMatchObject({
      quantity: null,
      startPeriod: null,
      tierResetFrequency: null,
    });
  });

  it.each([
    ['usage', 'USAGE'],
    ['fixed', 'FIXED'],
    ['composite', 'COMPOSITE'],
    ['minimum', 'MINIMUM'],
    ['seat', 'SEAT'],
    ['Seat', 'SEAT'],
    ['USAGE', 'USAGE'],
    ['subscription', 'OTHER'],
    ['hologram', 'OTHER'],
  ])('reads the type %s as %s and keeps the word', (word, kind) => {
    expect(planChargeOf(wirePlanCharge({ charge_type: word }), plan)).toMatchObject({
      kind,
      providerKind: word,
    });
  });

  it.each([
    ['floor', 'FLOOR'],
    ['CEILING', 'CEILING'],
    ['nearest', null],
    [null, null],
  ])('reads the rounding %s as %s and keeps the word', (word, rounding) => {
    const conversion = { division_factor: num('1e3'), rounding_behavior: word };
    expect(planChargeOf(wirePlanCharge({ unit_conversion: conversion }), plan).unitConversion).toEqual({
      divisionFactor: '1000',
      rounding,
      providerRounding: word,
    });
  });

  it('has no rounding where the conversion names none', () => {
    const row = wirePlanCharge({ unit_conversion: { division_factor: num('60') } });
    expect(planChargeOf(row, plan).unitConversion).toEqual({
      divisionFactor: '60',
      rounding: null,
      providerRounding: null,
    });
  });

  it.each([
    ['plan_charge.quantity', { quantity: num('1e999') }],
    ['plan_charge.start_period', { start_period: num('1.5') }],
    ['plan_charge.tier_reset_frequency', { tier_reset_frequency: num('1e30') }],
    ['plan_charge.unit_conversion.division_factor', { unit_conversion: { division_factor: num('1e999') } }],
  ])('names %s when the model has no form for it', (field, members) => {
    expect(() => planChargeOf(wirePlanCharge(members), plan)).toThrow(field);
  });
});
