import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import {
  bundleReferenceFrom,
  customerPlanFrom,
  subscriptionDateOf,
  subscriptionStatusOf,
} from '../../../src/upstream/maple/map-subscription.ts';
import { subscriptionRow } from './wire-rows.ts';

describe('subscriptionStatusOf', () => {
  it.each([
    ['ACTIVE', 'ACTIVE'],
    ['TRIALING', 'TRIALING'],
    ['TRIAL', 'TRIALING'],
    ['IN_TRIAL', 'TRIALING'],
    ['PAUSED', 'PAUSED'],
    ['CANCELLED', 'CANCELLED'],
    ['CANCELED', 'CANCELLED'],
    ['ENDED', 'ENDED'],
    ['SUSPENDED_BY_OWNER', 'UNKNOWN'],
  ])('takes %s for %s', (word, status) => {
    expect(subscriptionStatusOf({ status: word })).toBe(status);
  });

  it('takes an active one with the trial flag for TRIALING, and only an active one', () => {
    expect(subscriptionStatusOf({ status: 'ACTIVE', trial: true })).toBe('TRIALING');
    expect(subscriptionStatusOf({ status: 'ACTIVE', trial: false })).toBe('ACTIVE');
    expect(subscriptionStatusOf({ status: 'ENDED', trial: true })).toBe('ENDED');
  });
});

describe('customerPlanFrom', () => {
  it('says how the plan is held, in the words of the upstream', () => {
    const row = subscriptionRow({
      start_date: '2999-01-01T00:00:00Z',
      end_date: null,
      next_invoice_date: '2026-07-01T00:00:00+02:00',
      metadata: { seats: 'many' },
    });
    expect(customerPlanFrom(row, bundleReferenceFrom(row))).toEqual({
      plan: { provider: 'MAPLE', kind: 'BUNDLE', providerId: 'bundle_1' },
      subscriptionId: 'subs_1',
      status: 'ACTIVE',
      providerStatus: 'ACTIVE',
      startsAt: '2999-01-01T00:00:00Z',
      endsAt: null,
      nextInvoiceAt: '2026-06-30T22:00:00Z',
      customFields: { seats: 'many' },
    });
  });

  it.each([null, '', '../customers', 'a/b'])('names the bundle id when it is %j', (bundle_pricing_id) => {
    const reference = () => bundleReferenceFrom(subscriptionRow({ bundle_pricing_id }));
    expect(reference).toThrow(UpstreamInvalidResponseError);
    expect(reference).toThrow('subscription.bundle_pricing_id');
  });
});

describe('subscriptionDateOf', () => {
  it('is the start, else the creation, else nothing', () => {
    const [start_date, created_at] = ['2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'];
    expect(subscriptionDateOf(subscriptionRow({ start_date, created_at }))).toBe(start_date);
    expect(subscriptionDateOf(subscriptionRow({ created_at }))).toBe(created_at);
    expect(subscriptionDateOf(subscriptionRow())).toBeNull();
  });
});
