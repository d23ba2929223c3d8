import type { JsonObject } from '../../json/json-object.ts';
import type { Provider } from '../../provider.ts';
import type { Instant } from '../../time/instant.ts';

/** Which customer record of which provider. */
export interface CustomerRef {
  readonly provider: Provider;
  readonly providerId: string;
}

/** UNKNOWN where the provider says something else, or nothing; `providerStatus` keeps its word. */
export type CustomerStatus = 'ACTIVE' | 'ARCHIVED' | 'UNKNOWN';

/** A customer record as one provider holds it. */
export interface Customer extends CustomerRef {
  readonly name: string;
  readonly email: string | null;
  /** The business's own identifiers for this customer: Metronome ingest aliases, or the Maple identifier. */
  readonly identifiers: readonly string[];
  readonly status: CustomerStatus;
  /** The status as the provider spells it; null where it has no such field. */
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly customFields: JsonObject;
}

/** A customer of which only some fields are at hand; a field that is absent has not been read. */
export type CustomerReference = CustomerRef & Partial<Customer>;

/** Whether all of a customer has been read. */
export function isWholeCustomer(reference: CustomerReference): reference is Customer {
  return Object.keys(FIELDS).every((field) => field in reference);
}

// A record, so that the compiler names a field that is missing here.
const FIELDS: Readonly<Record<keyof Customer, true>> = {
  provider: true,
  providerId: true,
  name: true,
  email: true,
  identifiers: true,
  status: true,
  providerStatus: true,
  createdAt: true,
  updatedAt: true,
  customFields: true,
};
