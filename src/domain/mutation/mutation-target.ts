import { BadUserInputError } from '../../errors/gateway-error.ts';
import type { CustomerRef } from '../customer/customer.ts';
import type { InvoiceRef } from '../invoice/invoice.ts';
import { globalIdOf } from '../node/global-id.ts';
import type { InvalidInput } from './mutation-error.ts';

/** The customer that a global id names; InvalidInput where it names none. */
export function customerTarget(id: string): CustomerRef | InvalidInput {
  return targetOf('customerId', () => {
    const { provider, ids } = globalIdOf('Customer', id, 'customerId');
    return { provider, providerId: ids[0] };
  });
}

/** The invoice that a global id names; InvalidInput where it names none. */
export function invoiceTarget(id: string): InvoiceRef | InvalidInput {
  return targetOf('invoiceId', () => {
    const { provider, ids } = globalIdOf('Invoice', id, 'invoiceId');
    const [customerId, providerId] = ids;
    if (providerId === undefined)
      throw new BadUserInputError('"invoiceId" is not a global id of type Invoice.');
    return { provider, customerId, providerId };
  });
}

function targetOf<Target>(field: string, read: () => Target): Target | InvalidInput {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadUserInputError)) throw error;
    return { type: 'InvalidInputError', code: error.code, message: error.message, field };
  }
}
