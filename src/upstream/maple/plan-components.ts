import { firstText } from './first-text.ts';
import type {
  MapleBundlePricing,
  MapleBundleProductPricing,
  MapleProduct,
  MapleProductMetricPricing,
  MapleProductPricing,
} from './wire.gen.ts';

/** One priced component of a plan, with what around it says how to read it. */
export interface PlanComponent {
  readonly metricPricing: MapleProductMetricPricing;
  readonly productPricing: MapleProductPricing;
  /** Embedded copies of products, of which one may be the component's. */
  readonly products: readonly (MapleProduct | null | undefined)[];
  /** The currency of the whole plan, for a product pricing that names none. */
  readonly planCurrency: string | null;
}

/**
 * The components of a bundle. Null when the answer does not show those of every member: a part of a price would read
 * as the whole of it.
 */
export function bundleComponents(bundle: MapleBundlePricing): readonly PlanComponent[] | null {
  if (bundle.bundle_product_pricings === null || bundle.bundle_product_pricings === undefined) return null;
  const all: PlanComponent[] = [];
  for (const member of bundle.bundle_product_pricings) {
    if (isDeleted(member)) continue;
    const productPricing = memberPricing(member);
    const components = productPricing && pricingComponents(productPricing, [member.product], bundle.currency);
    if (components === null || components === undefined) return null;
    all.push(...components);
  }
  return all;
}

/** The components of one product pricing of a product; null when the answer does not show them. */
export function productComponents(product: MapleProduct, pricingId: string): readonly PlanComponent[] | null {
  const productPricing = product.product_pricings?.find(({ id }) => id === pricingId);
  return productPricing === undefined ? null : pricingComponents(productPricing, [product], null);
}

function pricingComponents(
  productPricing: MapleProductPricing,
  products: readonly (MapleProduct | null | undefined)[],
  currency: string | null | undefined,
): readonly PlanComponent[] | null {
  const { product, product_metric_pricings: metricPricings } = productPricing;
  if (metricPricings === null || metricPricings === undefined) return null;
  return metricPricings.map((metricPricing) => ({
    metricPricing,
    productPricing,
    products: [product, ...products],
    planCurrency: firstText(currency),
  }));
}

/** A member embeds its pricing itself, or only its product, among whose pricings it is then (inferred in the reference). */
function memberPricing(member: MapleBundleProductPricing): MapleProductPricing | undefined {
  const pricings = [member.product_pricing, ...(member.product?.product_pricings ?? [])];
  const wanted = member.product_pricing_id ?? member.product_pricing?.id;
  const matching = pricings.filter(
    (pricing) => pricing !== null && pricing !== undefined && pricing.id === wanted,
  );
  // The two copies may be expanded to different depths.
  return matching.find((pricing) => Array.isArray(pricing?.product_metric_pricings)) ?? undefined;
}

/** A member with a deletion date is no longer sold with the bundle. */
function isDeleted(member: MapleBundleProductPricing): boolean {
  return typeof member.deleted_at === 'string' && member.deleted_at !== '';
}
