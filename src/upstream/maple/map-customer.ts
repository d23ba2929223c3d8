import type { Customer, CustomerStatus } from '../../domain/customer/customer.ts';
import { jsonObjectOf, optionalInstant } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import type { MapleCustomer } from './wire.gen.ts';

/** A customer from Maple's (maple.md section 3.1). */
export function customerFrom(row: MapleCustomer): Customer {
  return {
    provider: 'MAPLE',
    providerId: row.id,
    name: firstText(row.name, row.display_name, row.org_name) ?? row.identifier,
    email: firstText(row.email),
    identifiers: row.identifier === '' ? [] : [row.identifier],
    status: customerStatusOf(row.status),
    providerStatus: row.status ?? null,
    createdAt: optionalInstant('MAPLE', row.created_at, 'customer.created_at'),
    updatedAt: optionalInstant('MAPLE', row.updated_at, 'customer.updated_at'),
    customFields: jsonObjectOf(row.metadata),
  };
}

/** The status that Maple's word stands for. */
export function customerStatusOf(status: string | null | undefined): CustomerStatus {
  return status === 'ACTIVE' || status === 'ARCHIVED' ? status : 'UNKNOWN';
}
