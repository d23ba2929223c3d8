import type { Customer } from '../../domain/customer/customer.ts';
import type { CustomerFilter, CustomerSource } from '../../domain/customer/customer-source.ts';
import { optionalInstant } from '../http/wire-values.ts';
import { findRow, foundStream } from './found-rows.ts';
import type { MapleLoaders } from './loaders.ts';
import { customerFrom, customerStatusOf } from './map-customer.ts';
import type { MapleCustomer, MapleCustomerQuery } from './wire.gen.ts';

/** Maple's customers (maple.md section 3). */
export function createCustomerSource(loaders: MapleLoaders): CustomerSource {
  return {
    async customer(providerId) {
      return mapped(await loaders.customers.load(providerId));
    },
    async customerByIdentifier(identifier) {
      // Found and not got by path: an identifier is free text, and could be another customer's id.
      const row = await findRow(
        (token, limit) => loaders.customerPages.load({ query: { identifier }, token, limit }),
        (row) => row.identifier === identifier,
      );
      return mapped(row ?? null);
    },
    customers: (filter) =>
      foundStream({
        key: 'MAPLE',
        read: (token, limit) => loaders.customerPages.load({ query: queryOf(filter), token, limit }),
        keep: (row) => fits(row, filter),
        item: (row) => ({
          id: row.id,
          date: optionalInstant('MAPLE', row.created_at, 'customer.created_at'),
          read: () => customerFrom(row),
        }),
      }),
  };
}

function mapped(row: MapleCustomer | null): Customer | null {
  return row === null ? null : customerFrom(row);
}

function queryOf({ status, identifier, search }: CustomerFilter): MapleCustomerQuery {
  return {
    status,
    ...(identifier === null ? {} : { identifier }),
    ...(search === null ? {} : { search }),
  };
}

/** A row that contradicts the filter is dropped; a status that is absent or unknown contradicts none. */
function fits(row: MapleCustomer, { status, identifier }: CustomerFilter): boolean {
  const own = customerStatusOf(row.status);
  return (own === 'UNKNOWN' || own === status) && (identifier === null || row.identifier === identifier);
}
