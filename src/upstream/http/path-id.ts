import { isUpstreamId } from '../../node-id.ts';
import type { Provider } from '../../provider.ts';
import { invalidField } from './wire-values.ts';

/**
 * An id by which an upstream will be asked. Ids from clients were judged before they came here, so one that cannot be
 * used was given by the upstream itself.
 *
 * @param field its name with the resource: `subscription.bundle_pricing_id`
 * @throws UpstreamInvalidResponseError naming the field when the id is absent, or could leave its place in a path
 */
export function pathIdOf(provider: Provider, id: string | null | undefined, field: string): string {
  if (id === null || id === undefined || !isUpstreamId(id)) throw invalidField(provider, field);
  return id;
}
