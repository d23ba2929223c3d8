import type { CatalogueReuse, CustomerDataReuse } from '../../read-cache/reuse.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import type { MapleCustomer, MapleCustomerPage, MapleInvoice } from './wire.gen.ts';

/** Bundles, product pricings, products. */
export const CATALOGUE: CatalogueReuse = { kind: 'catalogue' };

/** That nobody is there is never kept: the list may be asked because somebody has just been made. */
export const CUSTOMERS: CustomerDataReuse<MapleCustomerPage> = {
  kind: 'customer-data',
  customers: 'any',
  mayKeep: ({ results }) => (results ?? []).length > 0,
};

/** The slot also takes an identifier, and an answer of another id is not the one that was asked for. */
export function customerReuse(id: string): CustomerDataReuse<MapleCustomer> {
  return { kind: 'customer-data', customers: [id], mayKeep: (customer) => customer.id === id };
}

/** What is always asked for anew, by filters that may be of anybody: subscriptions, invoices, one-time charges. */
export const CURRENT: CustomerDataReuse<unknown> = {
  kind: 'customer-data',
  customers: 'any',
  mayKeep: () => false,
};

/** Only the invoice itself says whose it is. Every status but DRAFT is final (maple.md section 6.1). */
export const INVOICE: CustomerDataReuse<MapleInvoice> = {
  kind: 'customer-data',
  customers: 'any',
  mayKeep: ({ status }) => !['DRAFT', 'UNKNOWN'].includes(invoiceStatusOf(status)),
};
