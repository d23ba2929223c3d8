import type { ProductReference } from '../../domain/charge/charge.ts';
import { firstText } from './first-text.ts';
import { pathIdOf } from '../http/path-id.ts';
import type { MapleProduct } from './wire.gen.ts';

/** The name of a product; null where this copy of it has none. */
export function productNameOf(product: MapleProduct): string | null {
  return firstText(product.name, product.external_name);
}

/**
 * A product by id, with the name from an embedded copy of that very product; without one the name stays unread.
 *
 * @param field the id's name with the resource: `custom_price.product_id`
 * @throws UpstreamInvalidResponseError naming the field for an id that could not be read by
 */
export function productReferenceFrom(
  productId: string,
  embedded: readonly (MapleProduct | null | undefined)[],
  field: string,
): ProductReference {
  const product = embedded.find((candidate) => candidate?.id === productId);
  const name = product === null || product === undefined ? null : productNameOf(product);
  const reference = { provider: 'MAPLE', providerId: pathIdOf('MAPLE', productId, field) } as const;
  return name === null ? reference : { ...reference, name };
}
