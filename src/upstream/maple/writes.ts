import type { ChargeSource } from '../../domain/charge/charge-source.ts';
import type { OneTimeCharge } from '../../domain/charge/charge.ts';
import type { BillingWrites } from '../../domain/mutation/billing-writes.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { createOneTimesWrite } from './create-one-times.ts';
import { voidInvoiceWrite } from './void-invoice.ts';

/** Maple's writes (maple.md sections 6.2 and 7). It has none that regenerates an invoice. */
export function createMapleWrites(
  client: UpstreamClient,
  companyId: string,
  charges: ChargeSource,
): BillingWrites<'MAPLE'> {
  const added = async (customerId: string, id: string): Promise<OneTimeCharge> => {
    const charge = await charges.oneTimeCharge([customerId, id]);
    if (charge === null)
      throw new UpstreamNotFoundError('MAPLE', 'The provider does not show the new charge yet.');
    return charge;
  };
  return {
    addOneTimeCharge: (customerId, charge) => createOneTimesWrite(client, companyId, customerId, charge),
    addedCharges: (customerId, _, effect) => Promise.all(effect.map((id) => added(customerId, id))),
    voidInvoice: (ref) => voidInvoiceWrite(client, companyId, ref),
    regenerateInvoice: () => null,
  };
}
