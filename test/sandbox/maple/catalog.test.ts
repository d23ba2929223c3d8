import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { listOf, mapleClient, objectOf, textOf, type MapleClient, type Row } from './maple-client.ts';

describe('catalogue of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  beforeAll(async () => {
    server = await startMapleSandbox();
    client = mapleClient(server);
  });
  afterAll(() => server.close());

  const itemPricings = async (): Promise<readonly Row[]> => {
    const bundles = await client.walk('bundles', { query: { is_auto_generated: false } });
    return bundles
      .flatMap((bundle) => listOf(bundle['bundle_product_pricings']))
      .flatMap((membership) => listOf(objectOf(membership['product_pricing'])['product_metric_pricings']))
      .map((metricPricing) => objectOf(metricPricing['item_pricing']));
  };

  it('prices items in every form, with one price member each, and in one form that nobody documents', async () => {
    const members: Readonly<Record<string, string>> = {
      FIXED: 'fixed_price',
      STEP: 'step_price',
      GRADIENT: 'gradient_price',
      VOLUME: 'volume_price',
      CUSTOM: 'custom_price',
      SCHEDULED: 'scheduled_price',
      HYBRID: 'hybrid_price',
    };
    const pricings = await itemPricings();
    expect(new Set(pricings.map((pricing) => pricing['type']))).toEqual(new Set(Object.keys(members)));
    for (const pricing of pricings) {
      const filled = Object.values(members).filter((member) => (pricing[member] ?? null) !== null);
      expect(filled).toEqual([members[textOf(pricing, 'type')]]);
    }
  });

  it('writes prices digit for digit', async () => {
    const { text } = await client.find('bundles', { query: { is_auto_generated: false } });
    const growth = await client.get('/bundles/bundle_growth_usd');
    expect(growth.text).toContain('"price_per_step":123.45,');
    expect(growth.text).toContain('"price_per_unit":0.0001,');
    expect(growth.text).toContain('"base_units":9007199254740993,');
    expect(text).toContain('"price_per_unit":1e-7,');
    expect(text).toContain('"flat_price":418.755,');
    expect(text).toContain('"price_per_unit_per_period":["0.75","0.7","0.655"]');
  });

  it('has minimum spends, base prices, and monthly and yearly frequencies', async () => {
    const pricings = await itemPricings();
    expect(pricings).toContainEqual(
      expect.objectContaining({
        minimum_spend: { currency: 'USD', value_in_cents: 1_200_000 },
        frequency: 'YEAR',
      }),
    );
    expect(pricings).toContainEqual(
      expect.objectContaining({ base_price: { currency: 'USD', value_in_cents: 9_900 }, frequency: 'MONTH' }),
    );
  });

  it('leaves prices out of /pricing, and pricings out of /products/find', async () => {
    for (const pricing of await client.walk('pricing')) {
      expect(pricing).not.toHaveProperty('product_metric_pricings');
      expect(pricing).not.toHaveProperty('product');
    }
    for (const product of await client.walk('products'))
      expect(product).not.toHaveProperty('product_pricings');
  });

  it('expands the pricings of a product that is read by itself', async () => {
    for (const product of await client.walk('products')) {
      const id = textOf(product, 'id');
      const single = objectOf((await client.get(`/products/${id}`)).body);
      const pricings = listOf(single['product_pricings']);
      const listed = await client.walk('pricing', { query: { product_id: id }, sortKey: 'createdAtAsc' });
      expect(pricings.map((pricing) => pricing['id'])).toEqual(listed.map((pricing) => pricing['id']));
      for (const pricing of pricings)
        expect(listOf(pricing['product_metric_pricings']).length).toBeGreaterThan(0);
    }
  });

  it('embeds item, metric and item pricing in each component, under the ids that name them', async () => {
    const bundle = objectOf((await client.get('/bundles/bundle_growth_usd')).body);
    const components = listOf(bundle['bundle_product_pricings']).flatMap((membership) =>
      listOf(objectOf(membership['product_pricing'])['product_metric_pricings']),
    );
    expect(components).toHaveLength(3);
    for (const component of components) {
      for (const member of ['item', 'metric', 'item_pricing']) {
        expect(objectOf(component[member])['id']).toBe(component[`${member}_id`]);
      }
    }
  });

  it('covers USD, EUR, JPY and KWD, active and archived, recurring and one-time', async () => {
    const pricings = await client.walk('pricing');
    const values = (member: string) => new Set(pricings.map((pricing) => pricing[member]));
    expect(values('currency')).toEqual(new Set(['USD', 'EUR', 'JPY', 'KWD']));
    expect(values('state')).toEqual(new Set(['ACTIVE', 'ARCHIVED']));
    expect(values('type')).toEqual(new Set(['RECURRING', 'ONE_TIME']));
  });

  it('takes external identifiers in place of product and pricing ids', async () => {
    expect((await client.get('/products/ext-platform')).body).toMatchObject({ id: 'prod_platform' });
    expect((await client.get('/pricing/ext-storage_usd')).body).toMatchObject({ id: 'price_storage_usd' });
  });
});
