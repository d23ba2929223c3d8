import { describe, expect, it } from 'vitest';
import { planOf, planReferenceOf } from '../../../src/upstream/metronome/map-plan.ts';
import { num, tokens, usdCents } from './wire-builders.ts';

const ref = { provider: 'METRONOME', kind: 'PLAN', providerId: 'plan-1' };
const unstated = { status: 'UNKNOWN', providerStatus: null, currency: null };

describe('planReferenceOf', () => {
  it('leaves custom fields unread where the row has none, and minimums always', () => {
    const row = { id: 'plan-1', name: 'Growth', description: 'For teams' };
    const reference = { ...ref, ...unstated, name: 'Growth', description: 'For teams' };
    expect(planReferenceOf(row)).toStrictEqual(reference);
    expect(planReferenceOf({ ...row, custom_fields: null })).toStrictEqual(reference);
  });

  it('gives the custom fields that the row has, also when they are empty', () => {
    const row = { id: 'plan-1', name: 'Growth', description: '', custom_fields: {} };
    expect(planReferenceOf(row).customFields).toEqual({});
  });
});

describe('planOf', () => {
  it('gives every field of a plan', () => {
    const minimums = [
      { name: 'Base', value: num('9900.5'), start_period: num('0'), credit_type: usdCents },
      { name: 'Ramp', value: num('1e-7'), start_period: num('3'), credit_type: tokens },
    ];
    const plan = planOf({
      id: 'plan-1',
      name: 'Growth',
      custom_fields: { tier: 'b' },
      description: 'D',
      minimums,
    });
    expect(plan).toMatchObject({
      ...ref,
      ...unstated,
      name: 'Growth',
      description: 'D',
      customFields: { tier: 'b' },
    });
    expect(plan.minimums).toMatchObject([
      { name: 'Base', amount: { amount: '99.005', minorAmount: '9900.5' }, startPeriod: 0 },
      { name: 'Ramp', amount: { amount: '0.0000001', unit: { kind: 'CUSTOM' } }, startPeriod: 3 },
    ]);
  });

  it('has no minimums and no description where Metronome gives none', () => {
    expect(planOf({ id: 'plan-1', name: 'Growth', custom_fields: {} })).toMatchObject({
      description: null,
      minimums: [],
    });
  });

  it('names the start of a minimum that is not a whole number', () => {
    const minimums = [{ name: 'Base', value: num('1'), start_period: num('0.5'), credit_type: usdCents }];
    expect(() => planOf({ id: 'p', name: 'P', custom_fields: {}, minimums })).toThrow(
      'plan.minimums.start_period',
    );
  });
});
