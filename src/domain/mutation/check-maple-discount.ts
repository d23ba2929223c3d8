import { checkMapleMoney } from './check-money.ts';
import { optionalCount } from './check-number.ts';
import { checkText, optionalMapleId } from './check-text.ts';
import type { MapleDiscountInput } from './maple-discount-input.ts';
import type { MoneyInput } from './money-input.ts';
import type { NewFiat, NewMapleDiscount } from './new-charge.ts';

/**
 * A discount on Maple's one-time charges. How its members go together is not documented, so that is left to Maple.
 *
 * @param field path of the discount
 * @throws InvalidInputFault for the first member at fault
 */
export function checkMapleDiscount(input: MapleDiscountInput, field: string): NewMapleDiscount {
  return {
    name: checkText(input.name, `${field}.name`),
    type: checkText(input.type, `${field}.type`),
    amount: optionalMoney(input.amount, `${field}.amount`),
    cap: optionalMoney(input.cap, `${field}.cap`),
    percent: optionalCount(input.percent, `${field}.percent`),
    state: input.state ?? null,
    couponId: optionalMapleId(input.couponId, `${field}.couponId`),
    customerId: optionalMapleId(input.customerId, `${field}.customerId`),
    expiresAt: input.expiresAt ?? null,
    itemPricingId: optionalMapleId(input.itemPricingId, `${field}.itemPricingId`),
    oneTimeChargeId: optionalMapleId(input.oneTimeChargeId, `${field}.oneTimeChargeId`),
    productId: optionalMapleId(input.productId, `${field}.productId`),
    productPricingId: optionalMapleId(input.productPricingId, `${field}.productPricingId`),
    proposalId: optionalMapleId(input.proposalId, `${field}.proposalId`),
    subscriptionId: optionalMapleId(input.subscriptionId, `${field}.subscriptionId`),
    importRef: input.importRef ?? null,
    importedFrom: input.importedFrom ?? null,
    importCreatedAt: input.importCreatedAt ?? null,
  };
}

function optionalMoney(money: MoneyInput | null | undefined, field: string): NewFiat | null {
  if (money === null || money === undefined) return null;
  return checkMapleMoney(money, field, 'it would be a surcharge and no discount');
}
