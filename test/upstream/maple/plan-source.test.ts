import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import type { Stream } from '../../../src/connection/stream.ts';
import type { PlanKind, PlanRef } from '../../../src/domain/plan/plan.ts';
import { UpstreamInvalidResponseError, UpstreamNotFoundError } from '../../../src/errors/upstream-error.ts';
import { found, startMapleUpstream, type MapleUpstream } from './maple-upstream.ts';
import { bundleRow, subscriptionRow } from './wire-rows.ts';

let upstream: MapleUpstream;
let showcaseId: string;
beforeAll(async () => {
  upstream = await startMapleUpstream();
  showcaseId = (await upstream.source().customers.customerByIdentifier('acct_1001'))?.providerId ?? '';
});
beforeEach(() => upstream.reset());
afterAll(() => upstream.close());

function ref(kind: PlanKind, providerId: string): PlanRef {
  return { provider: 'MAPLE', kind, providerId };
}

async function itemIds(stream: Stream<unknown>): Promise<string[]> {
  return (await stream.readPage(null, 100)).items.map(({ id }) => id);
}

describe('plan', () => {
  it('reads a bundle and a product pricing at their own addresses', async () => {
    const { plans } = upstream.source();
    expect(await plans.plan(ref('BUNDLE', 'bundle_starter_eur'))).toMatchObject({
      name: 'Starter',
      currency: 'EUR',
    });
    expect(await plans.plan(ref('PRODUCT_PRICING', 'price_storage_usd'))).toMatchObject({
      kind: 'PRODUCT_PRICING',
    });
    expect(upstream.calls()).toEqual(['GET /bundles/bundle_starter_eur', 'GET /pricing/price_storage_usd']);
  });

  it('is null for unknown ids', async () => {
    expect(await upstream.source().plans.plan(ref('BUNDLE', 'bundle_none'))).toBeNull();
    expect(await upstream.source().plans.plan(ref('PRODUCT_PRICING', 'price_none'))).toBeNull();
  });

  it('is null for an answer of another id', async () => {
    upstream.script('GET /bundles/external', () => ({ body: bundleRow({ id: 'bundle_1' }) }));
    expect(await upstream.source().plans.plan(ref('BUNDLE', 'external'))).toBeNull();
  });

  it.each(['PLAN', 'RATE_CARD', 'PACKAGE'] as const)(
    'is null without a call for the kind %s',
    async (kind) => {
      expect(await upstream.source().plans.plan(ref(kind, 'bundle_starter_eur'))).toBeNull();
      expect(upstream.calls()).toEqual([]);
    },
  );
});

describe('plans', () => {
  it('has a stream of bundles and one of product pricings, which cost no later call', async () => {
    const { plans } = upstream.source();
    const streams = plans.plans(new Set());
    const listed = (await Promise.all(streams.map(readAll))).flat();
    const read = await Promise.all(listed.map((plan) => plans.plan(plan)));
    expect(streams.map(({ key }) => key)).toEqual(['MAPLE.bundles', 'MAPLE.pricings']);
    expect(new Set(listed.map(({ kind }) => kind))).toEqual(new Set(['BUNDLE', 'PRODUCT_PRICING']));
    expect(read).toEqual(listed);
    expect(upstream.calls()).toEqual(['POST /bundles/find', 'POST /pricing/find']);
    expect(upstream.requests.map(({ body }) => body)).toMatchObject([
      { query: { is_auto_generated: false }, sort_key: 'createdAtDesc' },
      { query: {}, sort_key: 'createdAtDesc' },
    ]);
  });

  it('leaves out an auto-generated bundle that the upstream lists all the same', async () => {
    const rows = [bundleRow({ id: 'b1', is_auto_generated: true }), bundleRow({ id: 'b2' })];
    upstream.script('POST /bundles/find', () => found(...rows));
    const [bundles] = upstream.source().plans.plans(new Set());
    expect(bundles && (await itemIds(bundles))).toEqual(['b2']);
  });
});

describe('customerPlans', () => {
  it('names the bundle by its id alone when no more is wanted', async () => {
    const held = await readAll(upstream.source().plans.customerPlans(showcaseId, new Set(['id'])));
    expect(held.map(({ status }) => status).toSorted()).toEqual(['ACTIVE', 'CANCELLED', 'TRIALING']);
    expect(Object.keys(held[0]?.plan ?? {}).toSorted()).toEqual(['kind', 'provider', 'providerId']);
    expect(upstream.calls()).toEqual(['POST /subscriptions/find']);
    expect(upstream.requests[0]?.body).toMatchObject({
      query: { customer_id: showcaseId },
      sort_key: 'createdAtDesc',
    });
  });

  it('reads each bundle once when the whole plan is wanted', async () => {
    upstream.script('POST /subscriptions/find', () =>
      found(
        subscriptionRow({ id: 's1', bundle_pricing_id: 'bundle_starter_eur' }),
        subscriptionRow({ id: 's2', bundle_pricing_id: 'bundle_starter_eur' }),
      ),
    );
    const held = await readAll(upstream.source().plans.customerPlans('cus_1', new Set(['name', 'minimums'])));
    expect(held.map(({ plan }) => plan.name)).toEqual(['Starter', 'Starter']);
    expect(upstream.calls()).toEqual(['POST /subscriptions/find', 'GET /bundles/bundle_starter_eur']);
  });

  it('names the bundle that the upstream does not know', async () => {
    upstream.script('POST /subscriptions/find', () =>
      found(subscriptionRow({ bundle_pricing_id: 'bundle_none' })),
    );
    const held = readAll(upstream.source().plans.customerPlans('cus_1', new Set(['name', 'minimums'])));
    await expect(held).rejects.toThrow('subscription.bundle_pricing_id');
  });

  it.each(['id', 'name'])(
    'names the bundle id that a subscription lacks where the %s of its plan is asked for',
    async (planField) => {
      upstream.script('POST /subscriptions/find', () => found(subscriptionRow({ bundle_pricing_id: null })));
      const held = readAll(upstream.source().plans.customerPlans('cus_1', new Set([planField])));
      await expect(held).rejects.toThrow(UpstreamInvalidResponseError);
      await expect(held).rejects.toThrow('subscription.bundle_pricing_id');
    },
  );

  it('never shows a subscription of another customer', async () => {
    const rows = [subscriptionRow({ id: 's1', customer_id: 'cus_2' }), subscriptionRow({ id: 's2' })];
    upstream.script('POST /subscriptions/find', () => found(...rows));
    expect(await itemIds(upstream.source().plans.customerPlans('cus_1', new Set(['id'])))).toEqual(['s2']);
  });

  it('is an error for a customer that the upstream does not know', async () => {
    upstream.script('POST /subscriptions/find', () => ({ kind: 'answer', status: 404, body: '{}' }));
    const held = readAll(upstream.source().plans.customerPlans('cus_none', new Set(['id'])));
    await expect(held).rejects.toThrow(UpstreamNotFoundError);
  });
});
