import type { CatalogueReuse, CustomerDataReuse } from '../../read-cache/reuse.ts';
import type { CustomerQuery } from './client.ts';
import { idKey } from './id-key.ts';
import { invoiceStatusOf } from './map-invoice-status.ts';
import type { MetronomeCustomerPage, MetronomeInvoiceResponse } from './wire.gen.ts';

/** Plans, their charges, pricing units. */
export const CATALOGUE: CatalogueReuse = { kind: 'catalogue' };

/** That somebody is not there is never kept: the list may be asked because somebody has just been made. */
export function customersReuse({
  customerIds,
}: Pick<CustomerQuery, 'customerIds'>): CustomerDataReuse<MetronomeCustomerPage> {
  if (customerIds === undefined) {
    return { kind: 'customer-data', customers: 'any', mayKeep: ({ data }) => data.length > 0 };
  }
  const keys = customerIds.map(idKey);
  return {
    kind: 'customer-data',
    customers: keys,
    mayKeep({ data }) {
      const found = new Set(data.map(({ id }) => idKey(id)));
      return keys.every((key) => found.has(key));
    },
  };
}

/** What is always asked for anew: a customer's plans, costs and invoices. */
export function currentReuse(customerId: string): CustomerDataReuse<unknown> {
  return { kind: 'customer-data', customers: [idKey(customerId)], mayKeep: () => false };
}

/** Only a final invoice stays as it is (metronome.md section 8.7), but for the billing provider's part of it. */
export function invoiceReuse(customerId: string): CustomerDataReuse<MetronomeInvoiceResponse> {
  return {
    kind: 'customer-data',
    customers: [idKey(customerId)],
    mayKeep: ({ data }) => ['OPEN', 'PAID', 'VOID'].includes(invoiceStatusOf(data)),
  };
}
