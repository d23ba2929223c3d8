import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import type { PlanCharge } from '../../../src/domain/charge/charge.ts';
import type { BillingSource } from '../../../src/domain/provider/billing-source.ts';
import { UpstreamInvalidResponseError, UpstreamNotFoundError } from '../../../src/errors/upstream-error.ts';
import { found, startMapleUpstream, type MapleUpstream } from './maple-upstream.ts';
import { bundleRow, metricPricingRow, money, oneTimeRow, pricingRow } from './wire-rows.ts';

let upstream: MapleUpstream;
let showcaseId: string;
beforeAll(async () => {
  upstream = await startMapleUpstream();
  showcaseId = (await upstream.source().customers.customerByIdentifier('acct_1001'))?.providerId ?? '';
});
beforeEach(() => upstream.reset());
afterAll(() => upstream.close());

const bundle = (providerId: string) => ({ provider: 'MAPLE', kind: 'BUNDLE', providerId }) as const;
const pricing = (providerId: string) => ({ provider: 'MAPLE', kind: 'PRODUCT_PRICING', providerId }) as const;

async function planCharges(
  { charges }: BillingSource,
  plan: Parameters<typeof charges.planCharges>[0],
): Promise<PlanCharge[]> {
  const stream = await charges.planCharges(plan);
  return stream === null ? [] : readAll(stream);
}

describe('planCharges', () => {
  it('flattens a bundle in one call', async () => {
    const charges = await planCharges(upstream.source('minor'), bundle('bundle_growth_usd'));
    expect(charges.map(({ kind, pricing }) => [kind, pricing.model])).toEqual([
      ['SEAT', 'FLAT'],
      ['USAGE', 'GRADUATED'],
      ['USAGE', 'STEP'],
    ]);
    expect(charges[2]).toMatchObject({
      pricing: { flatPrice: '1.2345', stepSize: '100' },
      product: { name: 'Storage' },
    });
    expect(upstream.calls()).toEqual(['GET /bundles/bundle_growth_usd']);
  });

  it('costs no call for a bundle that was listed', async () => {
    const source = upstream.source();
    const [bundles] = source.plans.plans(new Set());
    await bundles?.readPage(null, 100);
    upstream.reset();
    expect(await planCharges(source, bundle('bundle_growth_usd'))).toHaveLength(3);
    expect(upstream.calls()).toEqual([]);
  });

  it('takes the prices of a product pricing from its product', async () => {
    const charges = await planCharges(upstream.source(), pricing('price_messaging_usd'));
    expect(charges).toMatchObject([
      { pricing: { model: 'SCHEDULED', unit: null, unitPriceByPeriod: ['0.75', '0.7', '0.655'] } },
    ]);
    expect(upstream.calls()).toEqual(['GET /pricing/price_messaging_usd', 'GET /products/prod_messaging']);
  });

  it('is null where the upstream does not show the components', async () => {
    upstream.script('GET /bundles/bundle_1', () => ({ body: bundleRow() }));
    upstream.script('GET /pricing/price_1', () => ({ body: pricingRow() }));
    upstream.script('GET /products/prod_1', () => ({
      body: { id: 'prod_1', product_pricings: [pricingRow()] },
    }));
    const { charges } = upstream.source();
    expect(await charges.planCharges(bundle('bundle_1'))).toBeNull();
    expect(await charges.planCharges(pricing('price_1'))).toBeNull();
  });

  it('gives a charge once that a bundle names twice', async () => {
    const member = { product_pricing: pricingRow({ product_metric_pricings: [metricPricingRow()] }) };
    const body = bundleRow({ bundle_product_pricings: [member, member] });
    upstream.script('GET /bundles/bundle_1', () => ({ body }));
    expect(await planCharges(upstream.source(), bundle('bundle_1'))).toHaveLength(1);
  });

  it.each([bundle('bundle_none'), pricing('price_none'), { ...bundle('b'), kind: 'PLAN' as const }])(
    'is an error for a plan that the upstream does not know (%#)',
    async (plan) => {
      await expect(upstream.source().charges.planCharges(plan)).rejects.toThrow(UpstreamNotFoundError);
    },
  );

  it('names the product id of a pricing whose product the upstream does not know', async () => {
    upstream.script('GET /pricing/price_1', () => ({ body: pricingRow({ product_id: 'prod_none' }) }));
    const charges = upstream.source().charges.planCharges(pricing('price_1'));
    await expect(charges).rejects.toThrow(UpstreamInvalidResponseError);
    await expect(charges).rejects.toThrow('pricing.product_id');
  });
});

describe('planCharge', () => {
  it('finds the charge among those of its plan, which are read once', async () => {
    const source = upstream.source();
    const [first] = await planCharges(source, bundle('bundle_growth_usd'));
    expect(await source.charges.planCharge(bundle('bundle_growth_usd'), first?.providerId ?? '')).toEqual(
      first,
    );
    expect(upstream.calls()).toEqual(['GET /bundles/bundle_growth_usd']);
  });

  it('is null for an unknown charge, and for an unknown plan', async () => {
    const { charges } = upstream.source();
    expect(await charges.planCharge(bundle('bundle_growth_usd'), 'pmp_none')).toBeNull();
    expect(await charges.planCharge(bundle('bundle_none'), 'pmp_platform_starter_usd_1')).toBeNull();
  });
});

describe('one-time charges', () => {
  it('lists those of the customer, dated by creation', async () => {
    const stream = upstream.source().charges.oneTimeCharges(showcaseId);
    const { items } = await stream.readPage(null, 100);
    const charges = await readAll(stream);
    expect(charges.length).toBeGreaterThan(2);
    expect(items.map(({ date }) => date)).toEqual(charges.map(({ createdAt }) => createdAt));
    expect(charges.every(({ path }) => path[0] === showcaseId)).toBe(true);
    expect(upstream.calls()).toEqual(['POST /one_times/find']);
    expect(upstream.requests[0]?.body).toMatchObject({ query: { customer_id: showcaseId } });
  });

  it('are found again by their path, page by page', async () => {
    const small = await startMapleUpstream({ maxPageSize: 2 });
    try {
      const listed = await readAll(small.source().charges.oneTimeCharges(showcaseId));
      small.reset();
      const last = listed.at(-1);
      expect(await small.source().charges.oneTimeCharge(last?.path ?? [])).toEqual(last);
      expect(small.calls()).toHaveLength(Math.ceil(listed.length / 2));
    } finally {
      await small.close();
    }
  });

  it('are null when the list ends without them, and for an unknown customer', async () => {
    const { charges } = upstream.source();
    expect(await charges.oneTimeCharge([showcaseId, 'onetime_none'])).toBeNull();
    upstream.script('POST /one_times/find', () => ({ kind: 'answer', status: 404, body: '{}' }));
    expect(await charges.oneTimeCharge(['cus_none', 'onetime_1'])).toBeNull();
  });

  it.each([{ path: ['cus_1', 'onetime_1', '0'] }, { path: ['cus_1'] }, { path: [] }])(
    'are null without a call for the path $path, which is none of Maple',
    async ({ path }) => {
      upstream.script('POST /one_times/find', () => found(oneTimeRow()));
      expect(await upstream.source().charges.oneTimeCharge(path)).toBeNull();
      expect(upstream.calls()).toEqual([]);
    },
  );

  it('fail instead of being null when the upstream fails', async () => {
    upstream.script('POST /one_times/find', () => ({ kind: 'answer', status: 500, body: '{}' }));
    await expect(upstream.source().charges.oneTimeCharge(['cus_1', 'onetime_1'])).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });

  it('are never those of another customer', async () => {
    upstream.script('POST /one_times/find', () => found(oneTimeRow({ customer_id: 'cus_2' })));
    const { charges } = upstream.source();
    expect(await readAll(charges.oneTimeCharges('cus_1'))).toEqual([]);
    expect(await charges.oneTimeCharge(['cus_1', 'onetime_1'])).toBeNull();
  });
});

describe('productName', () => {
  it('reads the product once', async () => {
    const { charges } = upstream.source();
    const names = await Promise.all([charges.productName('prod_api'), charges.productName('prod_api')]);
    expect(names).toEqual(['API access', 'API access']);
    expect(upstream.calls()).toEqual(['GET /products/prod_api']);
  });

  it('costs no call for a product that was embedded in a charge', async () => {
    const product_pricing = pricingRow({ product: { id: 'prod_1', name: 'Services' } });
    const custom_price = { amount: money('1'), product_id: 'prod_1' };
    upstream.script('POST /one_times/find', () =>
      found(oneTimeRow({ product_pricing }), oneTimeRow({ custom_price })),
    );
    const { charges } = upstream.source();
    await charges.oneTimeCharges('cus_1').readPage(null, 10);
    expect(await charges.productName('prod_1')).toBe('Services');
    expect(upstream.calls()).toEqual(['POST /one_times/find']);
  });

  it('is null for an unknown product, and an error for one without a name', async () => {
    const { charges } = upstream.source();
    expect(await charges.productName('prod_none')).toBeNull();
    upstream.script('GET /products/prod_1', () => ({ body: { id: 'prod_1' } }));
    await expect(charges.productName('prod_1')).rejects.toThrow('product.name');
  });
});
