import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { ENTERPRISE } from '../../../src/sandbox/metronome/enterprise-plan.ts';
import { metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';
import { PLANS } from '../../../src/sandbox/metronome/plan-catalogue.ts';
import { STARTER } from '../../../src/sandbox/metronome/usd-plans.ts';
import { planRefOf } from '../../../src/upstream/metronome/map-plan.ts';
import { answers, lastPage, sandboxedSource } from './sandboxed-source.ts';
import { wireCustomerPlan } from './wire-builders.ts';

const absentId = '00000000-0000-4000-8000-000000000000';
const showcase = metronomeId('customer', 0);
const enterpriseId = ENTERPRISE.detail.id;
const starterId = STARTER.detail.id;

describe('plan', () => {
  it('reads a plan once for everyone in the request', async () => {
    const { source, calls } = await sandboxedSource();
    const ref = planRefOf(enterpriseId);
    const [plan, again] = await Promise.all([source.plans.plan(ref), source.plans.plan(ref)]);
    expect(plan).toMatchObject({ ...ref, name: ENTERPRISE.detail.name, status: 'UNKNOWN', currency: null });
    expect(plan?.minimums?.length).toBe(ENTERPRISE.detail.minimums?.length);
    expect(again).toEqual(plan);
    expect(calls()).toEqual([`GET /v1/planDetails/${enterpriseId}`]);
  });

  it('is null for a plan that Metronome does not know', async () => {
    const { source } = await sandboxedSource();
    expect(await source.plans.plan(planRefOf(absentId))).toBeNull();
  });

  it.each(['RATE_CARD', 'PACKAGE', 'BUNDLE', 'PRODUCT_PRICING'] as const)(
    'is null for a %s without a call',
    async (kind) => {
      const { source, calls } = await sandboxedSource();
      expect(await source.plans.plan({ ...planRefOf(enterpriseId), kind })).toBeNull();
      expect(calls()).toEqual([]);
    },
  );

  it('refuses an answer about another plan', async () => {
    const other = { data: { id: 'plan-2', name: 'Other', custom_fields: {} } };
    const { source } = await sandboxedSource({ onRequest: answers({ '/v1/planDetails/plan-1': other }) });
    const reading = source.plans.plan(planRefOf('plan-1'));
    await expect(reading).rejects.toThrow(UpstreamInvalidResponseError);
    await expect(reading).rejects.toThrow('plan.id');
  });
});

describe('plans', () => {
  it('is one undated list of references in the order of the upstream', async () => {
    const { source, calls } = await sandboxedSource({ maxPageSize: 3 });
    const [stream, ...others] = source.plans.plans(new Set(['name', 'customFields', 'minimums']));
    if (stream === undefined) throw new Error('there is no list of plans');
    expect(others).toEqual([]);
    expect(stream).toMatchObject({ key: 'METRONOME', provider: 'METRONOME', undated: true });
    const plans = await readAll(stream);
    expect(plans.map(({ providerId }) => providerId)).toEqual(PLANS.map(({ detail }) => detail.id));
    expect(plans[0]).toMatchObject({ kind: 'PLAN', status: 'UNKNOWN', name: PLANS[0]?.detail.name });
    expect(plans.some((plan) => 'minimums' in plan)).toBe(false);
    expect(new Set(calls())).toEqual(
      new Set(['GET /v1/plans?limit=100', 'GET /v1/plans?limit=100&next_page=…']),
    );
  });
});

describe('plans of rows without custom fields', () => {
  const row = { id: 'plan-1', name: 'Growth', description: 'For growing teams' };
  const rows = { '/v1/plans': lastPage(row) };
  const reading = async (onRequest: ReturnType<typeof answers>, ...planFields: readonly string[]) => {
    const { source, calls } = await sandboxedSource({ onRequest });
    const [stream] = source.plans.plans(new Set(planFields));
    if (stream === undefined) throw new Error('there is no list of plans');
    const [outcome] = await Promise.allSettled([readAll(stream)]);
    return { outcome, calls: calls() };
  };

  it('are read whole where the custom fields are wanted', async () => {
    const data = { id: 'plan-1', name: 'Growth', custom_fields: { tier: 'a' }, minimums: [] };
    const { outcome } = await reading(
      answers({ ...rows, '/v1/planDetails/plan-1': { data } }),
      'customFields',
    );
    expect(outcome).toMatchObject({
      value: [{ providerId: 'plan-1', description: 'For growing teams', customFields: { tier: 'a' } }],
    });
  });

  it.each([
    [500, 'UPSTREAM_UNAVAILABLE'],
    [404, 'NOT_FOUND'],
  ])('fail with the provider where the whole plan answers %i', async (status, code) => {
    const failing = answers({ ...rows, '/v1/planDetails/plan-1': status });
    const { outcome } = await reading(failing, 'name', 'customFields', 'minimums');
    expect(outcome).toMatchObject({ reason: { code, provider: 'METRONOME' } });
  });

  it('are given as they are where only minimums are missing, which may be null', async () => {
    const { outcome, calls } = await reading(answers(rows), 'id', 'name', 'minimums');
    expect(outcome).toMatchObject({ value: [{ name: 'Growth' }] });
    expect(calls).toEqual(['GET /v1/plans?limit=100']);
  });
});

describe('customerPlans', () => {
  it('needs one call where what the customer plans say of the plans is enough', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = source.plans.customerPlans(showcase, new Set(['id', 'name', 'description']));
    const { items } = await stream.readPage(null, 20);
    const held = await Promise.all(items.map(async (item) => item.read()));
    expect(held).toMatchObject([
      { plan: { providerId: enterpriseId, name: ENTERPRISE.detail.name }, status: 'ACTIVE', endsAt: null },
      { plan: { providerId: starterId, name: STARTER.detail.name }, status: 'ENDED' },
    ]);
    expect(items.map(({ date }) => date)).toEqual(held.map(({ startsAt }) => startsAt));
    expect(held.some(({ plan }) => 'minimums' in plan || 'customFields' in plan)).toBe(false);
    expect(calls()).toEqual([`GET /v1/customers/${showcase}/plans?limit=20`]);
  });

  it('reads each plan once where the whole plans are wanted', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = source.plans.customerPlans(showcase, new Set(['name', 'minimums']));
    const [held] = await Promise.all([readAll(stream), readAll(stream)]);
    const whole = await source.plans.plan(planRefOf(enterpriseId));
    expect(held[0]?.plan).toEqual(whole);
    expect(calls().toSorted()).toEqual(
      [
        `GET /v1/customers/${showcase}/plans?limit=100`,
        `GET /v1/planDetails/${enterpriseId}`,
        `GET /v1/planDetails/${starterId}`,
      ].toSorted(),
    );
  });

  it('keeps what the customer plan says of a plan that Metronome no longer shows', async () => {
    const { source } = await sandboxedSource({
      onRequest: answers({
        '/v1/customers/customer-1/plans': lastPage(wireCustomerPlan()),
        '/v1/planDetails/plan-1': 404,
      }),
    });
    const held = await readAll(source.plans.customerPlans('customer-1', new Set(['name', 'minimums'])));
    expect(held).toMatchObject([
      { plan: { providerId: 'plan-1', name: 'Growth' }, subscriptionId: 'customer-plan-1' },
    ]);
  });

  it.each([
    ['is gone although its custom fields are wanted', 'plan-1', 'NOT_FOUND'],
    ['has an id that no path can hold', 'a/b', 'UPSTREAM_INVALID_RESPONSE'],
  ])('fails a row whose plan %s, as a failure of the provider', async (_, planId, code) => {
    const { source } = await sandboxedSource({
      onRequest: answers({
        '/v1/customers/customer-1/plans': lastPage(wireCustomerPlan({ plan_id: planId })),
        '/v1/planDetails/plan-1': 404,
      }),
    });
    const reading = readAll(source.plans.customerPlans('customer-1', new Set(['customFields'])));
    await expect(reading).rejects.toMatchObject({ code, provider: 'METRONOME' });
  });

  it('fails a row whose plan cannot be read', async () => {
    const { source } = await sandboxedSource({
      onRequest: answers({ [`/v1/planDetails/${starterId}`]: 500 }),
    });
    const { items } = await source.plans
      .customerPlans(showcase, new Set(['name', 'minimums']))
      .readPage(null, 20);
    const reads = await Promise.allSettled(items.map(async (item) => item.read()));
    expect(reads.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('says that the customer is unknown', async () => {
    const { source } = await sandboxedSource();
    const stream = source.plans.customerPlans(absentId, new Set(['id']));
    await expect(stream.readPage(null, 20)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      provider: 'METRONOME',
    });
  });
});
