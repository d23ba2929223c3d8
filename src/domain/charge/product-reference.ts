import type { RequestContext } from '../request-context.ts';
import { cost } from '../operation-cost/field-cost.ts';
import { type FieldPlace, selectsOnly } from '../selection.ts';
import type { ProductReference } from './charge.ts';

const NEED_NO_READ = new Set(['__typename', 'providerId']);

/** What `resolveProductReference` costs: Metronome has no read of products. */
export const PRODUCT_REFERENCE = cost(({ scope, selected }) => ({
  calls: scope.provider === 'METRONOME' || selected().isSubsetOf(NEED_NO_READ) ? {} : { products: 1 },
}));

/**
 * A product with its name, where the name is asked for and not at hand; null where there is no product, or its provider
 * does not know it.
 */
export async function resolveProductReference(
  reference: ProductReference | null,
  context: RequestContext,
  info: FieldPlace,
): Promise<ProductReference | null> {
  if (reference === null || reference.name !== undefined || selectsOnly(info, NEED_NO_READ)) return reference;
  const name = await context.sources[reference.provider].charges.productName(reference.providerId);
  return name === null ? null : { ...reference, name };
}
