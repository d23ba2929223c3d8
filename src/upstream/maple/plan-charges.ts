import type { Stream } from '../../connection/stream.ts';
import type { PlanCharge } from '../../domain/charge/charge.ts';
import type { PlanRef } from '../../domain/plan/plan.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { invalidField } from '../http/wire-values.ts';
import type { MapleLoaders } from './loaders.ts';
import { planChargeFrom } from './map-plan-charge.ts';
import { pathIdOf } from '../http/path-id.ts';
import { bundleComponents, productComponents, type PlanComponent } from './plan-components.ts';
import type { MaplePriceUnit } from './price-scale.ts';

/** What reading a plan's components comes to. */
type Components =
  | { readonly kind: 'shown'; readonly components: readonly PlanComponent[] }
  | { readonly kind: 'not-shown' }
  | { readonly kind: 'unknown-plan' };

/**
 * The charges of a plan, all on one page; null when Maple does not show them.
 *
 * @throws UpstreamNotFoundError when Maple does not know the plan
 */
export async function readPlanCharges(
  loaders: MapleLoaders,
  plan: PlanRef,
  priceUnit: MaplePriceUnit,
): Promise<Stream<PlanCharge> | null> {
  const read = await readComponents(loaders, plan);
  switch (read.kind) {
    case 'unknown-plan':
      throw new UpstreamNotFoundError('MAPLE', 'The provider does not know this plan.');
    case 'not-shown':
      return null;
    case 'shown': {
      const items = distinct(read.components).map((component) => ({
        id: component.metricPricing.id,
        date: null,
        read: () => planChargeFrom(plan, component, priceUnit),
      }));
      return { key: 'MAPLE', provider: 'MAPLE', readPage: () => Promise.resolve({ items, nextToken: null }) };
    }
  }
}

/** One charge of a plan; null when Maple does not know the plan, or does not show that charge of it. */
export async function readPlanCharge(
  loaders: MapleLoaders,
  plan: PlanRef,
  chargeId: string,
  priceUnit: MaplePriceUnit,
): Promise<PlanCharge | null> {
  const read = await readComponents(loaders, plan);
  if (read.kind !== 'shown') return null;
  const component = read.components.find(({ metricPricing }) => metricPricing.id === chargeId);
  return component === undefined ? null : planChargeFrom(plan, component, priceUnit);
}

async function readComponents(loaders: MapleLoaders, { kind, providerId }: PlanRef): Promise<Components> {
  switch (kind) {
    case 'BUNDLE': {
      const bundle = await loaders.bundles.load(providerId);
      return bundle === null ? { kind: 'unknown-plan' } : shown(bundleComponents(bundle));
    }
    case 'PRODUCT_PRICING': {
      const pricing = await loaders.pricings.load(providerId);
      if (pricing === null) return { kind: 'unknown-plan' };
      // The single pricing comes without prices; its product has them (maple.md section 4.2).
      const product = await loaders.products.load(
        pathIdOf('MAPLE', pricing.product_id, 'pricing.product_id'),
      );
      if (product === null) throw invalidField('MAPLE', 'pricing.product_id');
      return shown(productComponents(product, providerId));
    }
    case 'PLAN':
    case 'RATE_CARD':
    case 'PACKAGE':
      return { kind: 'unknown-plan' };
  }
}

function shown(components: readonly PlanComponent[] | null): Components {
  return components === null ? { kind: 'not-shown' } : { kind: 'shown', components };
}

/** A pricing that a bundle names twice is still one set of charges. */
function distinct(components: readonly PlanComponent[]): readonly PlanComponent[] {
  const ids = components.map(({ metricPricing }) => metricPricing.id);
  return components.filter(({ metricPricing }, index) => ids.indexOf(metricPricing.id) === index);
}
