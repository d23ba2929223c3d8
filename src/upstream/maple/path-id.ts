import { isUpstreamId } from '../../node-id.ts';
import { invalidField } from '../http/wire-values.ts';

/**
 * An id in an answer by which another object will be read.
 *
 * @param field its name with the resource: `subscription.bundle_pricing_id`
 * @throws UpstreamInvalidResponseError naming the field when the id is absent, or could not stand in a path
 */
export function pathIdOf(id: string | null | undefined, field: string): string {
  if (id === null || id === undefined || !isUpstreamId(id)) throw invalidField('MAPLE', field);
  return id;
}
