import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import type { BillingSource } from '../../../src/domain/provider/billing-source.ts';
import type { PlanRef } from '../../../src/domain/plan/plan.ts';
import { ENTERPRISE } from '../../../src/sandbox/metronome/enterprise-plan.ts';
import { planRefOf } from '../../../src/upstream/metronome/map-plan.ts';
import { answers, sandboxedSource } from './sandboxed-source.ts';

const plan = planRefOf(ENTERPRISE.detail.id);
const absentPlan = planRefOf('00000000-0000-4000-8000-000000000000');
const chargeIds = ENTERPRISE.charges.map(({ charge }) => charge.id);
const LIST = `GET /v1/planDetails/${plan.providerId}/charges?limit=100`;

async function chargesOf(source: BillingSource, ref: PlanRef) {
  const stream = await source.charges.planCharges(ref);
  if (stream === null) throw new Error('the charges are not shown');
  return stream;
}

describe('planCharges', () => {
  it('gives the charges in order, with the same calls for everyone in the request', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = await chargesOf(source, plan);
    expect(stream.pageLimit).toBe(100);
    const charges = await readAll(stream);
    expect(charges.map(({ providerId }) => providerId)).toEqual(chargeIds);
    expect(new Set(charges.map(({ kind }) => kind)).has('OTHER')).toBe(false);
    expect(await readAll(await chargesOf(source, plan))).toEqual(charges);
    expect(calls()).toEqual([LIST]);
  });

  it('is not shown for what is no plan of this generation', async () => {
    const { source, calls } = await sandboxedSource();
    expect(await source.charges.planCharges({ ...plan, kind: 'RATE_CARD' })).toBeNull();
    expect(calls()).toEqual([]);
  });

  it('says that the plan is unknown', async () => {
    const { source } = await sandboxedSource();
    const stream = await chargesOf(source, absentPlan);
    await expect(stream.readPage(null, 100)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('planCharge', () => {
  it('finds a charge on a later page, and shares the pages with the list', async () => {
    const { source, calls } = await sandboxedSource({ maxPageSize: 2 });
    const found = await source.charges.planCharge(plan, `${chargeIds[2]}`);
    expect(found).toMatchObject({ providerId: chargeIds[2], plan });
    expect(calls()).toEqual([LIST, `${LIST}&next_page=…`]);
    const charges = await readAll(await chargesOf(source, plan));
    expect(charges[2]).toEqual(found);
    expect(calls()).toHaveLength(Math.ceil(chargeIds.length / 2) - 2);
  });

  it('is null for an unknown charge and for an unknown plan', async () => {
    const { source } = await sandboxedSource();
    expect(await source.charges.planCharge(plan, absentPlan.providerId)).toBeNull();
    expect(await source.charges.planCharge(absentPlan, `${chargeIds[0]}`)).toBeNull();
  });

  it('is null for what is no plan of this generation, without a call', async () => {
    const { source, calls } = await sandboxedSource();
    expect(await source.charges.planCharge({ ...plan, kind: 'BUNDLE' }, `${chargeIds[0]}`)).toBeNull();
    expect(calls()).toEqual([]);
  });

  it('fails where the charges cannot be read', async () => {
    const path = `/v1/planDetails/${plan.providerId}/charges`;
    const { source } = await sandboxedSource({ onRequest: answers({ [path]: 429 }) });
    const reading = source.charges.planCharge(plan, `${chargeIds[0]}`);
    await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
  });
});

describe('productName', () => {
  it('is never known and costs no call', async () => {
    const { source, calls } = await sandboxedSource();
    expect(await source.charges.productName('product-1')).toBeNull();
    expect(calls()).toEqual([]);
  });
});
