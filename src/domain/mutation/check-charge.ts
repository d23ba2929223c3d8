import type { Provider } from '../../provider.ts';
import { checkMapleCharges } from './check-maple-charges.ts';
import { checkMetronomeCharge } from './check-metronome-charge.ts';
import { firstFault, InvalidInputFault } from './invalid-input-fault.ts';
import type { InvalidInput } from './mutation-error.ts';
import type { NewCharge } from './new-charge.ts';
import type { OneTimeChargeInput } from './one-time-charge-input.ts';

/**
 * What to send for a charge, checked before anything is read or sent; or the first fault of its input, in the order of
 * the schema. Equal amounts, quantities and ids come out in one spelling.
 *
 * @param provider that of the customer
 * @param field path of the input below that of the mutation: `charge`
 */
export function checkCharge(
  { metronome, maple }: OneTimeChargeInput,
  provider: Provider,
  field: string,
): NewCharge | InvalidInput {
  return firstFault(() => {
    switch (provider) {
      case 'METRONOME':
        if (metronome) return checkMetronomeCharge(metronome, `${field}.metronome`);
        throw new InvalidInputFault(`${field}.maple`, 'does not fit: the customer belongs to Metronome');
      case 'MAPLE':
        if (maple) return checkMapleCharges(maple, `${field}.maple`);
        throw new InvalidInputFault(`${field}.metronome`, 'does not fit: the customer belongs to Maple');
    }
  });
}
