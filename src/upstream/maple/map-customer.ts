import type { Customer, CustomerReference, CustomerStatus } from '../../domain/customer/customer.ts';
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

/**
 * What an embedded customer says. How much of it Maple embeds is not documented (maple.md section 6.1), and what it
 * leaves out must not read as absent: those fields stay unread.
 */
export function embeddedCustomerFrom(row: MapleCustomer): CustomerReference {
  const { provider, providerId, name, identifiers, email, status, providerStatus, ...rest } =
    customerFrom(row);
  return {
    provider,
    providerId,
    identifiers,
    ...(row.name !== undefined && { name }),
    ...(row.email !== undefined && { email }),
    ...(row.status !== undefined && { status, providerStatus }),
    ...(row.created_at !== undefined && { createdAt: rest.createdAt }),
    ...(row.updated_at !== undefined && { updatedAt: rest.updatedAt }),
    ...(row.metadata !== undefined && { customFields: rest.customFields }),
  };
}

/** Whether an embedded customer leaves out nothing that the model has. */
export function isWholeEmbedded(row: MapleCustomer | null | undefined): row is MapleCustomer {
  return WHOLE.every((member) => row?.[member] !== undefined);
}

const WHOLE = ['name', 'email', 'status', 'metadata', 'created_at', 'updated_at'] as const;
