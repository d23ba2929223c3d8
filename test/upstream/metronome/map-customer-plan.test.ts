import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../src/time/instant.ts';
import { customerPlanOf, withWholePlan } from '../../../src/upstream/metronome/map-customer-plan.ts';
import { planOf } from '../../../src/upstream/metronome/map-plan.ts';
import { wireCustomerPlan } from './wire-builders.ts';

const now = instantOf(new Date('2026-06-15T12:00:00Z'));
const BEFORE = '2026-06-15T11:59:59Z';
const NOW = '2026-06-15T12:00:00Z';
const AFTER = '2026-06-15T12:00:01Z';

const trial = (ending: string) => ({ ending_before: ending, spending_caps: [] });

describe('customerPlanOf', () => {
  it('gives what the row says of customer plan and plan, and leaves the rest of the plan unread', () => {
    expect(customerPlanOf(wireCustomerPlan({ ending_before: AFTER }), now)).toStrictEqual({
      plan: {
        provider: 'METRONOME',
        kind: 'PLAN',
        providerId: 'plan-1',
        status: 'UNKNOWN',
        providerStatus: null,
        currency: null,
        name: 'Growth',
        description: 'For growing teams',
      },
      subscriptionId: 'customer-plan-1',
      status: 'ACTIVE',
      providerStatus: null,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: AFTER,
      nextInvoiceAt: null,
      customFields: { seat: 'a' },
    });
  });

  it.each([
    ['UPCOMING', { starting_on: AFTER }],
    ['ACTIVE', { starting_on: NOW }],
    ['ACTIVE', { starting_on: BEFORE, ending_before: null }],
    ['ACTIVE', { ending_before: AFTER }],
    ['ENDED', { ending_before: NOW }],
    ['ENDED', { ending_before: BEFORE, trial_info: trial(AFTER) }],
    ['TRIALING', { trial_info: trial(AFTER) }],
    ['ACTIVE', { trial_info: trial(NOW) }],
    ['UPCOMING', { starting_on: AFTER, trial_info: trial('2026-07-01T00:00:00Z') }],
  ] as const)('is %s with %j', (status, members) => {
    expect(customerPlanOf(wireCustomerPlan(members), now).status).toBe(status);
  });

  it.each([
    ['customer_plan.starting_on', { starting_on: 'soon' }],
    ['customer_plan.ending_before', { ending_before: 'soon' }],
    ['customer_plan.trial_info.ending_before', { trial_info: trial('soon') }],
  ])('names %s when it is no timestamp', (field, members) => {
    expect(() => customerPlanOf(wireCustomerPlan(members), now)).toThrow(field);
  });
});

describe('withWholePlan', () => {
  const customerPlan = customerPlanOf(wireCustomerPlan(), now);

  it('puts the plan itself in place of the row', () => {
    const plan = planOf({ id: 'plan-1', name: 'Growth 2', description: 'New', custom_fields: { tier: 'b' } });
    expect(withWholePlan(customerPlan, plan)).toEqual({ ...customerPlan, plan });
  });

  it('keeps the description of the row where the plan gives none', () => {
    const plan = planOf({ id: 'plan-1', name: 'Growth', custom_fields: {} });
    expect(withWholePlan(customerPlan, plan).plan.description).toBe('For growing teams');
  });
});
