import type {
  NewMapleCharges,
  NewMapleDiscount,
  NewMapleItem,
} from '../../../src/domain/mutation/new-charge.ts';
import { decimal } from '../../domain/mutation/charge-inputs.ts';
import { fiat } from '../new-money.ts';

/** Two of a product at its own pricing, with some members changed. */
export function pricedItem(changes: Partial<NewMapleItem> = {}): NewMapleItem {
  return {
    quantity: decimal('2'),
    price: { kind: 'PRODUCT_PRICING', productPricingId: 'price_1' },
    quantityConfig: null,
    sortOrder: null,
    ...changes,
  };
}

/** One workshop at a price of its own, with some members changed. */
export function customItem(unitPrice = fiat('12.50'), changes: Partial<NewMapleItem> = {}): NewMapleItem {
  const price = { kind: 'CUSTOM', productId: 'prod_1', unitPrice, description: 'Workshop' } as const;
  return pricedItem({ quantity: decimal('1'), price, ...changes });
}

/** Charges for the next invoice, with some members changed. */
export function newCharges(changes: Partial<NewMapleCharges> = {}): NewMapleCharges {
  return {
    provider: 'MAPLE',
    timing: 'NEXT',
    items: [pricedItem()],
    discounts: [],
    notes: null,
    invoiceDate: null,
    dueAfterDays: null,
    autoCharge: null,
    paymentInstructions: null,
    metadata: null,
    ...changes,
  };
}

/** A discount of a name and a type alone, with some members changed. */
export function newDiscount(changes: Partial<NewMapleDiscount> = {}): NewMapleDiscount {
  return {
    name: 'Goodwill',
    type: 'DISCOUNT_AMOUNT',
    amount: null,
    cap: null,
    percent: null,
    state: null,
    couponId: null,
    customerId: null,
    expiresAt: null,
    itemPricingId: null,
    oneTimeChargeId: null,
    productId: null,
    productPricingId: null,
    proposalId: null,
    subscriptionId: null,
    importRef: null,
    importedFrom: null,
    importCreatedAt: null,
    ...changes,
  };
}
