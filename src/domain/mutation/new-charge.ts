import type { JsonObject } from '../../json/json-object.ts';
import type { CurrencyCode } from '../../money/currency.ts';
import type { Decimal } from '../../money/decimal.ts';
import type { Instant } from '../../time/instant.ts';

/** An exact amount to write: major units for fiat, units for a custom pricing unit of Metronome. */
export type NewMoney =
  | NewFiat
  | { readonly kind: 'CUSTOM'; readonly amount: Decimal; readonly pricingUnitId: string };

/** An exact amount of a currency, in major units. */
export interface NewFiat {
  readonly kind: 'FIAT';
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
}

/** What to charge once, in the terms of the customer's provider. */
export type NewCharge = NewMetronomeCharge | NewMapleCharges;

/** A line on the invoice of a customer plan. */
export interface NewMetronomeCharge {
  readonly provider: 'METRONOME';
  readonly chargeId: string;
  readonly customerPlanId: string;
  /** Midnight UTC. */
  readonly invoiceStart: Instant;
  readonly unitPrice: NewMoney;
  readonly quantity: Decimal;
  readonly description: string;
}

/** One-time charges of a Maple customer. Null is left out of the request. */
export interface NewMapleCharges {
  readonly provider: 'MAPLE';
  readonly timing: 'IMMEDIATE' | 'NEXT';
  /** Not empty. */
  readonly items: readonly NewMapleItem[];
  readonly discounts: readonly NewMapleDiscount[];
  readonly notes: string | null;
  readonly invoiceDate: Instant | null;
  readonly dueAfterDays: number | null;
  readonly autoCharge: boolean | null;
  readonly paymentInstructions: string | null;
  readonly metadata: JsonObject | null;
}

/** One thing to charge. */
export interface NewMapleItem {
  readonly quantity: Decimal;
  readonly price:
    | { readonly kind: 'PRODUCT_PRICING'; readonly productPricingId: string }
    | {
        readonly kind: 'CUSTOM';
        readonly productId: string;
        /** In whole minor units. */
        readonly unitPrice: NewFiat;
        readonly description: string;
      };
  readonly quantityConfig: {
    readonly allowCustomQuantity: boolean | null;
    readonly minQuantity: Decimal | null;
    readonly maxQuantity: Decimal | null;
  } | null;
  readonly sortOrder: number | null;
}

/** A discount on one-time charges (maple.md section 7). Null is left out of the request. */
export interface NewMapleDiscount {
  readonly name: string;
  /** As Maple spells it: `DISCOUNT_AMOUNT` is documented, other words exist. */
  readonly type: string;
  /** In whole minor units. */
  readonly amount: NewFiat | null;
  /** In whole minor units. */
  readonly cap: NewFiat | null;
  /** As Maple takes it; its sample 0.5 suggests a fraction of one. */
  readonly percent: Decimal | null;
  readonly state: string | null;
  readonly couponId: string | null;
  readonly customerId: string | null;
  readonly expiresAt: Instant | null;
  readonly itemPricingId: string | null;
  readonly oneTimeChargeId: string | null;
  readonly productId: string | null;
  readonly productPricingId: string | null;
  readonly proposalId: string | null;
  readonly subscriptionId: string | null;
  readonly importRef: string | null;
  readonly importedFrom: string | null;
  readonly importCreatedAt: Instant | null;
}
