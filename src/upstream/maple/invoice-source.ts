import type { InvoiceFilter, InvoiceSource } from '../../domain/invoice/invoice-source.ts';
import { foundStream } from './found-rows.ts';
import type { MapleLoaders } from './loaders.ts';
import { invoiceDateOf, invoiceFrom } from './map-invoice.ts';
import { invoiceStatusOf, invoiceStatusWords } from './map-invoice-status.ts';
import { bundleReferenceFrom } from './map-subscription.ts';
import { pathIdOf } from '../http/path-id.ts';
import type { MapleDateRange, MapleInvoice, MapleInvoiceQuery } from './wire.gen.ts';

/** Maple's invoices (maple.md section 6). */
export function createInvoiceSource(loaders: MapleLoaders): InvoiceSource {
  return {
    async invoice({ providerId, customerId }) {
      const row = await loaders.invoices.load(providerId);
      return row === null || row.customer_id !== customerId ? null : invoiceFrom(row);
    },
    invoices: (customerId, filter) =>
      foundStream({
        key: 'MAPLE',
        read: (token, limit) =>
          loaders.invoicePages.load({ query: queryOf(customerId, filter), token, limit }),
        keep: (row) => row.customer_id === customerId && hasStatus(row, filter),
        item: (row) => ({ id: row.uuid, date: invoiceDateOf(row), read: () => invoiceFrom(row) }),
      }),
    async subscriptionPlan(subscriptionId) {
      const row = await loaders.subscriptions.load(
        pathIdOf('MAPLE', subscriptionId, 'invoice.subscription_id'),
      );
      return row === null ? null : bundleReferenceFrom(row);
    },
  };
}

function queryOf(customerId: string, { statuses, from, to }: InvoiceFilter): MapleInvoiceQuery {
  const words = invoiceStatusWords(statuses);
  const range: MapleDateRange = {
    ...(from === null ? {} : { gte: from }),
    ...(to === null ? {} : { lt: to }),
  };
  return {
    customer_id: customerId,
    ...(words === null ? {} : { statuses: words }),
    ...(from === null && to === null ? {} : { invoice_date: range }),
  };
}

/** The upstream's own words are only known in part, so it may read the wanted ones otherwise. */
function hasStatus(row: MapleInvoice, { statuses }: InvoiceFilter): boolean {
  return statuses === null || statuses.includes(invoiceStatusOf(row.status));
}
