import type { RequestContext } from '../request-context.ts';
import { countedCost } from '../operation-cost/field-cost.ts';
import { customerReferenceCost } from '../operation-cost/lookup-cost.ts';
import { type FieldPlace, selectsOnly } from '../selection.ts';
import type { Customer, CustomerReference } from './customer.ts';

/** Fields of the Customer type that need nothing but the reference: lists below it have reads of their own. */
const NEED_NO_READ = ['__typename', 'id', 'provider', 'providerId', 'plans', 'charges', 'invoices', 'costs'];

/** What `resolveCustomerReference` costs. */
export const CUSTOMER_REFERENCE = countedCost(customerReferenceCost(new Set(NEED_NO_READ)));

/**
 * The customer that an object refers to, for the field under way: as it stands where all selected fields are at hand,
 * else as its provider holds it; null when the provider does not know it.
 */
export async function resolveCustomerReference(
  reference: CustomerReference,
  context: RequestContext,
  info: FieldPlace,
): Promise<CustomerReference | Customer | null> {
  const atHand = new Set([...NEED_NO_READ, ...Object.keys(reference)]);
  if (reference.identifiers !== undefined) atHand.add('account');
  if (selectsOnly(info, atHand)) return reference;
  return context.sources[reference.provider].customers.customer(reference.providerId);
}
