import type {
  NewFiat,
  NewMapleCharges,
  NewMapleDiscount,
  NewMapleItem,
} from '../../domain/mutation/new-charge.ts';
import type { JsonObject, JsonValue } from '../../json/json-object.ts';
import { minorDigits } from '../../money/currency.ts';
import { movePoint, type Decimal } from '../../money/decimal.ts';
import type {
  MapleCustomPrice,
  MapleDiscount,
  MapleMoney,
  MapleOneTimeCreateRequest,
  MapleOneTimeItemInput,
  MapleQuantityConfig,
} from './wire.gen.ts';

/** A request body as the reference names its members; what is null stays out of it. */
type Body<Wire> = { readonly [member in keyof Wire]-?: JsonValue };

/** The body of POST /one_times (maple.md section 7). */
export function oneTimesRequest(customerId: string, charges: NewMapleCharges): JsonObject {
  const body: Body<MapleOneTimeCreateRequest> = {
    customer_id: customerId,
    type: charges.timing,
    onetime_items: charges.items.map(itemOf),
    discounts: charges.discounts.length === 0 ? null : charges.discounts.map(discountOf),
    auto_charges: charges.autoCharge,
    invoice_date: charges.invoiceDate,
    invoice_due_date_from_creation: optionalNumber(charges.dueAfterDays),
    invoice_payment_instructions: charges.paymentInstructions,
    metadata: charges.metadata,
    notes: charges.notes,
  };
  return given(body);
}

/** A currency amount in its minor unit (maple.md section 1.1). */
export function minorAmountOf({ amount, currency }: NewFiat): Decimal {
  return movePoint(amount, minorDigits(currency));
}

function itemOf({ quantity, price, quantityConfig, sortOrder }: NewMapleItem): JsonObject {
  const config: Body<MapleQuantityConfig> | null = quantityConfig && {
    allow_custom_quantity: quantityConfig.allowCustomQuantity,
    max_quantity: decimalNumber(quantityConfig.maxQuantity),
    min_quantity: decimalNumber(quantityConfig.minQuantity),
  };
  const body: Body<MapleOneTimeItemInput> = {
    aggregate: decimalNumber(quantity),
    custom_price: price.kind === 'CUSTOM' ? customPriceOf(price) : null,
    product_pricing_id: price.kind === 'PRODUCT_PRICING' ? price.productPricingId : null,
    quantity_config: config && given(config),
    sort_order: optionalNumber(sortOrder),
  };
  return given(body);
}

function customPriceOf(price: Extract<NewMapleItem['price'], { kind: 'CUSTOM' }>): JsonObject {
  const body: Body<MapleCustomPrice> = {
    amount: moneyOf(price.unitPrice),
    description: price.description,
    product_id: price.productId,
  };
  return given(body);
}

function discountOf(discount: NewMapleDiscount): JsonObject {
  const body: Body<MapleDiscount> = {
    name: discount.name,
    type: discount.type,
    amount: discount.amount && moneyOf(discount.amount),
    cap: discount.cap && moneyOf(discount.cap),
    percent: decimalNumber(discount.percent),
    state: discount.state,
    coupon_id: discount.couponId,
    customer_id: discount.customerId,
    expiration_date: discount.expiresAt,
    item_pricing_id: discount.itemPricingId,
    onetime_billable_id: discount.oneTimeChargeId,
    product_id: discount.productId,
    product_pricing_id: discount.productPricingId,
    proposal_id: discount.proposalId,
    subscription_id: discount.subscriptionId,
    import_ref: discount.importRef,
    imported_from: discount.importedFrom,
    import_created_at_ref: discount.importCreatedAt,
  };
  return given(body);
}

function moneyOf(money: NewFiat): JsonObject {
  const body: Body<MapleMoney> = {
    currency: money.currency,
    value_in_cents: decimalNumber(minorAmountOf(money)),
  };
  return given(body);
}

/** Digit for digit, without an exponent and without zeros that end a fraction. */
function decimalNumber(value: Decimal | null): JsonValue {
  return value === null ? null : JSON.rawJSON(movePoint(value, 0));
}

function optionalNumber(value: number | null): JsonValue {
  return value === null ? null : JSON.rawJSON(String(value));
}

function given(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, member]) => member !== null));
}
