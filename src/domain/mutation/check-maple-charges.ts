import { checkMapleDiscount } from './check-maple-discount.ts';
import { checkMapleItem } from './check-maple-item.ts';
import { InvalidInputFault } from './invalid-input-fault.ts';
import type { MapleChargeInput } from './maple-charge-input.ts';
import type { NewMapleCharges } from './new-charge.ts';

/**
 * What is to be sent to Maple's creation of one-time charges (maple.md section 7).
 *
 * @param field path of the input
 * @throws InvalidInputFault for the first member at fault
 */
export function checkMapleCharges(input: MapleChargeInput, field: string): NewMapleCharges {
  if (input.items.length === 0) throw new InvalidInputFault(`${field}.items`, 'must hold at least one item');
  return {
    provider: 'MAPLE',
    timing: input.timing,
    items: input.items.map((item, place) => checkMapleItem(item, `${field}.items[${place}]`)),
    discounts: (input.discounts ?? []).map((discount, place) =>
      checkMapleDiscount(discount, `${field}.discounts[${place}]`),
    ),
    notes: input.notes ?? null,
    invoiceDate: input.invoiceDate ?? null,
    dueAfterDays: checkDays(input.dueAfterDays ?? null, `${field}.dueAfterDays`),
    autoCharge: input.autoCharge ?? null,
    paymentInstructions: input.paymentInstructions ?? null,
    metadata: input.metadata ?? null,
  };
}

function checkDays(days: number | null, field: string): number | null {
  if (days !== null && days < 0) throw new InvalidInputFault(field, 'must not be negative');
  return days;
}
