import { parseInstant, type Instant } from '../../time/instant.ts';
import { checkMetronomeMoney } from './check-money.ts';
import { checkQuantity } from './check-number.ts';
import { checkText, checkUuid } from './check-text.ts';
import { InvalidInputFault } from './invalid-input-fault.ts';
import type { MetronomeChargeInput } from './metronome-charge-input.ts';
import type { NewMetronomeCharge } from './new-charge.ts';

/**
 * What is to be sent to Metronome's addCharge (metronome.md section 7).
 *
 * @param field path of the input
 * @throws InvalidInputFault for the first member at fault
 */
export function checkMetronomeCharge(input: MetronomeChargeInput, field: string): NewMetronomeCharge {
  return {
    provider: 'METRONOME',
    chargeId: checkUuid(input.chargeId, `${field}.chargeId`),
    customerPlanId: checkUuid(input.customerPlanId, `${field}.customerPlanId`),
    invoiceStart: checkMidnight(input.invoiceStart, `${field}.invoiceStart`),
    unitPrice: checkMetronomeMoney(input.unitPrice, `${field}.unitPrice`),
    quantity: checkQuantity(input.quantity, `${field}.quantity`),
    description: checkText(input.description, `${field}.description`),
  };
}

const MIDNIGHT = /T00:00:00(?:\.0+)?Z$/;

/** Without a fraction. Plans start at midnight UTC, and so do their invoices (metronome.md section 1.7). */
function checkMidnight(instant: Instant, field: string): Instant {
  const midnight = MIDNIGHT.test(instant) ? parseInstant(instant.replace(/\.0+/, '')) : null;
  if (midnight === null) throw new InvalidInputFault(field, 'must be midnight UTC');
  return midnight;
}
