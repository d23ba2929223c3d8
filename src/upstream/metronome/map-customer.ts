import type { Customer } from '../../domain/customer/customer.ts';
import { instantOf, jsonObjectOf } from '../http/wire-values.ts';
import type { CustomerRow } from './customers-by-id.ts';

/**
 * A customer. Metronome has no status field: archived are those with `archived_at`, and all of a list of archived ones.
 *
 * @throws UpstreamInvalidResponseError for a timestamp that is none
 */
export function customerOf({ detail, fromArchive }: CustomerRow): Customer {
  const archived = fromArchive || (detail.archived_at ?? null) !== null;
  return {
    provider: 'METRONOME',
    providerId: detail.id,
    name: detail.name,
    email: null,
    identifiers: detail.ingest_aliases.filter((alias) => alias !== ''),
    status: archived ? 'ARCHIVED' : 'ACTIVE',
    providerStatus: null,
    createdAt: instantOf('METRONOME', detail.created_at, 'customer.created_at'),
    updatedAt: instantOf('METRONOME', detail.updated_at, 'customer.updated_at'),
    customFields: jsonObjectOf(detail.custom_fields),
  };
}
