import type { Stream } from '../../connection/stream.ts';
import type { Customer } from './customer.ts';

/** Narrows a list of customers. Providers are chosen before a source is asked. */
export interface CustomerFilter {
  readonly status: 'ACTIVE' | 'ARCHIVED';
  /** One of the business's own identifiers, exact. */
  readonly identifier: string | null;
  /** Free text; only Maple can search, and only Maple is asked. */
  readonly search: string | null;
}

/** What a provider must give about its customers. Every method may throw UpstreamError. */
export interface CustomerSource {
  /** By upstream id, archived or not; null when the provider does not know it. */
  customer(providerId: string): Promise<Customer | null>;
  /** By one of the business's own identifiers, archived or not; null when the provider does not know it. */
  customerByIdentifier(identifier: string): Promise<Customer | null>;
  customers(filter: CustomerFilter): Stream<Customer>;
}
