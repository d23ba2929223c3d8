import { addUtcDays } from '../../sandbox-clock.ts';
import { PRODUCTS } from '../catalog/product.ts';
import { pricingOfId } from '../catalog/product-pricing.ts';
import type { CustomerRecord } from '../customer/customer-record.ts';
import { notFound } from '../maple-error.ts';
import type { MapleState } from '../maple-state.ts';
import { discountedTotal, type Discount } from '../one-time/discount.ts';
import { chargeTotal, type OneTimePrice, type OneTimeRecord } from '../one-time/one-time-record.ts';
import { createInputReader, type InputReader } from '../request/input-reader.ts';
import { readMoney } from '../request/read-money.ts';
import { invoiceUuid, opaqueId } from '../wire/opaque-id.ts';
import { readDiscounts } from './read-discounts.ts';

const MEMBERS = [
  'auto_charges',
  'customer_id',
  'discounts',
  'invoice_date',
  'invoice_due_date_from_creation',
  'invoice_payment_instructions',
  'metadata',
  'notes',
  'onetime_items',
  'type',
] as const;
const ITEM_MEMBERS = [
  'aggregate',
  'custom_price',
  'product_pricing_id',
  'quantity_config',
  'sort_order',
] as const;
const DEFAULT_DUE_DAYS = 14;
const FIRST_ADDED_ORDINAL = 5_000;

/**
 * Creates one-time charges (maple.md section 7) and gives them back. IMMEDIATE ones come with one PENDING invoice over
 * all items, less the discounts; NEXT ones wait for the next invoice, which the sandbox does not make. Metadata and notes
 * are taken and, as documented, not echoed. Throws 404 for an unknown customer and a validation_error otherwise; refused
 * where the reference says nothing: a recurring or archived pricing, items in several currencies, an amount that is not in
 * whole minor units.
 */
export function createOneTimes(state: MapleState, body: unknown): readonly OneTimeRecord[] {
  const input = createInputReader(body, MEMBERS);
  const customerId = input.requiredText('customer_id');
  const type = readType(input);
  const autoCharges = input.flag('auto_charges') ?? false;
  const invoiceDate = input.instant('invoice_date') ?? state.now;
  const dueAfterDays = input.count('invoice_due_date_from_creation') ?? DEFAULT_DUE_DAYS;
  input.object('metadata');
  input.text('notes');
  input.text('invoice_payment_instructions');
  const items = (input.objects('onetime_items', ITEM_MEMBERS) ?? []).map(readItem);
  if (items.length === 0) input.report('onetime_items', 'must hold at least one item');
  const currencies = new Set(items.map((item) => item?.currency));
  if (currencies.size > 1) input.report('onetime_items', 'must all be in one currency');
  const discounts = readDiscounts(input, currencies.size === 1 ? items[0]?.currency : undefined);
  input.finish();

  const customer = state.customers.ofId(customerId);
  if (customer === undefined) throw notFound('Customer');
  const taken = state.billing.of(customer.index).oneTimes.length;
  const charges = items
    .filter((item) => item !== undefined)
    .map((item, position) => chargeOf(state, customer, type, item, taken + position));
  state.billing.addOneTimes(charges);
  if (type === 'IMMEDIATE') {
    addInvoice(state, customer, charges, { invoiceDate, dueAfterDays, autoCharges, discounts });
  }
  return charges;
}

type ChargeItem = Pick<OneTimeRecord, 'aggregate' | 'price' | 'currency' | 'sortOrder'>;

function readType(input: InputReader): OneTimeRecord['type'] {
  const type = input.requiredText('type');
  if (type === 'IMMEDIATE' || type === 'NEXT') return type;
  input.report('type', 'must be IMMEDIATE or NEXT');
  return 'NEXT';
}

function readItem(input: InputReader): ChargeItem | undefined {
  const aggregate = input.decimal('aggregate');
  const sortOrder = input.count('sort_order') ?? null;
  readQuantityConfig(input);
  const pricingId = input.text('product_pricing_id');
  const custom = input.nested('custom_price', ['amount', 'product_id', 'description']);
  if (aggregate?.lte(0) === true) input.report('aggregate', 'must be more than zero');
  if ((pricingId === undefined) === (custom === undefined)) {
    input.report('product_pricing_id', 'or custom_price is required, not both');
    return undefined;
  }
  const priced = custom === undefined ? pricingPrice(input, pricingId ?? '') : customPrice(custom);
  return priced && { ...priced, aggregate: aggregate?.toFixed() ?? '1', sortOrder };
}

/** Taken and not played: no reference says what it does to a charge. */
function readQuantityConfig(input: InputReader): void {
  const members = ['allow_custom_quantity', 'min_quantity', 'max_quantity'];
  const config = input.nested('quantity_config', members);
  config?.flag('allow_custom_quantity');
  config?.decimal('min_quantity');
  config?.decimal('max_quantity');
}

type PricedItem = Pick<OneTimeRecord, 'price' | 'currency'>;

function pricingPrice(input: InputReader, id: string): PricedItem | undefined {
  const pricing = pricingOfId(id);
  if (pricing === undefined) input.report('product_pricing_id', 'is not a product pricing');
  else if (pricing.type !== 'ONE_TIME') input.report('product_pricing_id', 'is not a one-time pricing');
  else if (pricing.state !== 'ACTIVE') input.report('product_pricing_id', 'is archived');
  return pricing && { price: { kind: 'pricing', pricing }, currency: pricing.currency };
}

function customPrice(input: InputReader): PricedItem | undefined {
  const productId = input.requiredText('product_id');
  if (!PRODUCTS.some((product) => product.id === productId)) input.report('product_id', 'is not a product');
  const description = input.text('description') ?? '';
  const money = readMoney(input, 'amount', true);
  if (money === undefined) return undefined;
  const price: OneTimePrice = { kind: 'custom', amount: money.amount, productId, description };
  return { price, currency: money.currency };
}

function chargeOf(
  state: MapleState,
  customer: CustomerRecord,
  type: OneTimeRecord['type'],
  item: ChargeItem,
  ordinal: number,
): OneTimeRecord {
  const place = { customerIndex: customer.index, ordinal };
  // The clock stands still; a millisecond for each charge keeps the newest first.
  const createdAt = new Date(state.now.getTime() + ordinal);
  return {
    ...item,
    id: opaqueId('onetime', place),
    ...place,
    customerId: customer.id,
    name: item.price.kind === 'pricing' ? item.price.pricing.name : item.price.description,
    type,
    state: type === 'IMMEDIATE' ? 'INVOICED' : 'PENDING',
    createdAt,
    updatedAt: createdAt,
  };
}

function addInvoice(
  state: MapleState,
  customer: CustomerRecord,
  charges: readonly OneTimeRecord[],
  terms: {
    readonly invoiceDate: Date;
    readonly dueAfterDays: number;
    readonly autoCharges: boolean;
    readonly discounts: readonly Discount[];
  },
): void {
  const [first] = charges;
  if (first === undefined) return;
  const place = { customerIndex: customer.index, ordinal: FIRST_ADDED_ORDINAL + first.ordinal };
  const subTotal = charges.reduce((sum, charge) => sum + chargeTotal(charge), 0n);
  state.billing.addInvoice({
    uuid: invoiceUuid(place),
    ...place,
    customerId: customer.id,
    billedCustomerId: customer.id,
    subscriptionId: null,
    number: `${customer.index + 1001}-C${first.ordinal + 1}`,
    name: first.name,
    status: 'PENDING',
    currency: first.currency,
    subTotal,
    total: discountedTotal(subTotal, terms.discounts),
    paid: 0n,
    prorated: 0n,
    autoCharges: terms.autoCharges,
    invoiceDate: terms.invoiceDate,
    dueDate: addUtcDays(terms.invoiceDate, terms.dueAfterDays),
    paidDate: null,
    embedsCustomer: false,
    createdAt: first.createdAt,
    updatedAt: first.createdAt,
  });
}
