import { emptyStream } from '../../connection/stream-reader.ts';
import type { Stream } from '../../connection/stream.ts';
import type { InvoiceFilter, InvoiceSource } from '../../domain/invoice/invoice-source.ts';
import type { Invoice } from '../../domain/invoice/invoice.ts';
import { nextTokenOf } from '../http/wire-values.ts';
import type { InvoiceQuery } from './client.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { invoiceStatusOf, statusQueryOf } from './map-invoice-status.ts';
import { invoiceDateOf, invoiceOf } from './map-invoice.ts';

/** Metronome's invoices, the same resource for both of its generations (metronome.md section 8). */
export function createInvoiceSource(loaders: MetronomeLoaders): InvoiceSource {
  return {
    async invoice({ customerId, providerId }) {
      const wire = await loaders.invoice.load({ customerId, invoiceId: providerId });
      return wire === null ? null : invoiceOf(wire, 'single');
    },
    invoices(customerId, filter) {
      const question = statusQueryOf(filter.statuses);
      if (question.kind === 'none') return emptyStream({ key: 'METRONOME', provider: 'METRONOME' });
      const query = { status: question.status, startingOn: filter.from, endingBefore: filter.to };
      return invoiceStream(loaders, customerId, query, filter);
    },
    // Invoices of the plans generation name their plan themselves.
    subscriptionPlan: () => Promise.resolve(null),
  };
}

function invoiceStream(
  loaders: MetronomeLoaders,
  customerId: string,
  query: InvoiceQuery,
  { statuses }: InvoiceFilter,
): Stream<Invoice> {
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    async readPage(token, limit) {
      const page = await loaders.invoicePage.load({ ...query, customerId, token, limit });
      const wanted = page.data.filter((row) => statuses === null || statuses.includes(invoiceStatusOf(row)));
      return {
        items: wanted.map((row) => ({
          id: row.id,
          date: invoiceDateOf(row),
          read: () => invoiceOf(row, 'row'),
        })),
        nextToken: nextTokenOf(page.next_page),
      };
    },
  };
}
