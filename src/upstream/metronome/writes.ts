import type { BillingWrites } from '../../domain/mutation/billing-writes.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { addChargeWrite } from './add-charge.ts';
import { alikeParts, chargeableInvoices, type InvoiceReads } from './alike-charges.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { oneTimeChargeOf } from './map-one-time-charge.ts';
import { regenerateInvoiceWrite } from './regenerate-invoice.ts';
import { voidInvoiceWrite } from './void-invoice.ts';

/**
 * Metronome's writes (metronome.md sections 7 and 8.6).
 *
 * @param loaders read what was written; of a request, or of the part of it after a write
 */
export function createMetronomeWrites(
  client: UpstreamClient,
  loaders: MetronomeLoaders,
): BillingWrites<'METRONOME'> {
  const reads: InvoiceReads = {
    listInvoices: (customerId, query, page) => loaders.invoicePage.load({ ...query, ...page, customerId }),
    getInvoice: (customerId, invoiceId) => loaders.invoice.load({ customerId, invoiceId }),
  };
  return {
    addOneTimeCharge: (customerId, charge) => addChargeWrite(client, customerId, charge),
    async addedCharges(customerId, charge, [place]) {
      const parts = alikeParts(await chargeableInvoices(reads, customerId, charge), charge);
      const atPlace = parts[Number(place) - 1];
      const isNamed = ({ line, part }: (typeof parts)[number]): boolean =>
        [line.name, part.name].includes(charge.description);
      // Alike parts can differ in their description, and the order of parts is not documented.
      const added = atPlace !== undefined && isNamed(atPlace) ? atPlace : (parts.find(isNamed) ?? atPlace);
      if (added === undefined)
        throw new UpstreamNotFoundError('METRONOME', 'The provider does not show the new charge yet.');
      return [oneTimeChargeOf(added)];
    },
    voidInvoice: (ref) => voidInvoiceWrite(client, ref),
    regenerateInvoice: (ref) => regenerateInvoiceWrite(client, ref),
  };
}
