import { compareDecimals } from '../../money/decimal.ts';
import { checkMapleMoney } from './check-money.ts';
import { checkQuantity, optionalCount } from './check-number.ts';
import { checkMapleId, checkText } from './check-text.ts';
import { InvalidInputFault } from './invalid-input-fault.ts';
import type { MapleItemInput } from './maple-item-input.ts';
import type { NewMapleItem } from './new-charge.ts';

/**
 * One item of Maple's one-time charges.
 *
 * @param field path of the item
 * @throws InvalidInputFault for the first member at fault
 */
export function checkMapleItem(input: MapleItemInput, field: string): NewMapleItem {
  return {
    quantity: checkQuantity(input.quantity, `${field}.quantity`),
    price: checkPrice(input, field),
    quantityConfig: checkQuantityConfig(input.quantityConfig, `${field}.quantityConfig`),
    sortOrder: input.sortOrder ?? null,
  };
}

function checkPrice({ productPricingId, customPrice }: MapleItemInput, field: string): NewMapleItem['price'] {
  const hasPricing = productPricingId !== null && productPricingId !== undefined;
  const hasCustom = customPrice !== null && customPrice !== undefined;
  if (hasPricing === hasCustom) {
    throw new InvalidInputFault(field, 'must have exactly one of productPricingId and customPrice');
  }
  if (!hasCustom) {
    const id = checkMapleId(productPricingId ?? '', `${field}.productPricingId`);
    return { kind: 'PRODUCT_PRICING', productPricingId: id };
  }
  const place = `${field}.customPrice`;
  return {
    kind: 'CUSTOM',
    productId: checkMapleId(customPrice.productId, `${place}.productId`),
    unitPrice: checkMapleMoney(customPrice.unitPrice, `${place}.unitPrice`, 'a credit is no charge'),
    description: checkText(customPrice.description, `${place}.description`),
  };
}

function checkQuantityConfig(
  config: MapleItemInput['quantityConfig'],
  field: string,
): NewMapleItem['quantityConfig'] {
  if (config === null || config === undefined) return null;
  const minQuantity = optionalCount(config.minQuantity, `${field}.minQuantity`);
  const maxQuantity = optionalCount(config.maxQuantity, `${field}.maxQuantity`);
  if (minQuantity !== null && maxQuantity !== null && compareDecimals(minQuantity, maxQuantity) > 0) {
    throw new InvalidInputFault(`${field}.maxQuantity`, 'must not be less than minQuantity');
  }
  return { allowCustomQuantity: config.allowCustomQuantity ?? null, minQuantity, maxQuantity };
}
