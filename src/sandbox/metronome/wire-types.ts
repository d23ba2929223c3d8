import type Big from 'big.js';

/** A pricing unit as amounts refer to it (metronome.md section 1.8). */
export interface CreditType {
  readonly id: string;
  readonly name: string;
}

/** Flat string map (metronome.md section 1.9). */
export type CustomFields = Readonly<Record<string, string>>;

/** Long form of a customer (metronome.md section 3). */
export interface CustomerDetail {
  readonly id: string;
  readonly external_id: string;
  readonly ingest_aliases: readonly string[];
  readonly name: string;
  readonly customer_config: { readonly salesforce_account_id: string | null };
  readonly custom_fields: CustomFields;
  readonly created_at: string;
  readonly updated_at: string;
  readonly archived_at: string | null;
}

/** Kinds of charges on a plan (metronome.md section 4). */
export type ChargeType = 'usage' | 'fixed' | 'composite' | 'minimum' | 'seat';

/** One price of a charge, holding from the metric amount `tier` on. */
export interface PlanChargePrice {
  readonly value: Big;
  readonly tier: Big;
  readonly quantity?: Big;
  readonly collection_schedule?: string;
  readonly collection_interval?: number;
}

/** A charge of a plan (metronome.md section 4). */
export interface PlanCharge {
  readonly id: string;
  readonly name: string;
  readonly charge_type: ChargeType;
  readonly product_id: string;
  readonly product_name: string;
  readonly credit_type: CreditType;
  readonly prices: readonly PlanChargePrice[];
  readonly custom_fields: CustomFields;
  readonly quantity?: Big;
  readonly start_period?: number;
  readonly tier_reset_frequency?: number;
  readonly unit_conversion?: {
    readonly division_factor: Big;
    readonly rounding_behavior?: 'floor' | 'ceiling';
  };
}

/** A plan in detail (metronome.md section 4). */
export interface PlanDetail {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly custom_fields: CustomFields;
  readonly minimums?: readonly {
    readonly name: string;
    readonly value: Big;
    readonly start_period: number;
    readonly credit_type: CreditType;
  }[];
  readonly overage_rates?: readonly {
    readonly credit_type: CreditType;
    readonly fiat_credit_type: CreditType;
    readonly to_fiat_conversion_factor: Big;
    readonly start_period: number;
  }[];
  readonly credit_grants?: readonly PlanCreditGrant[];
}

/** A grant that comes with a plan (metronome.md section 4). */
export interface PlanCreditGrant {
  readonly name: string;
  readonly amount_granted: Big;
  readonly amount_granted_credit_type: CreditType;
  readonly amount_paid: Big;
  readonly amount_paid_credit_type: CreditType;
  readonly effective_duration: number;
  readonly priority: string;
  readonly send_invoice: boolean;
  readonly reason?: string;
  readonly recurrence_duration?: number;
  readonly recurrence_interval?: number;
}

/** A customer's time on a plan (metronome.md section 5). */
export interface CustomerPlan {
  readonly id: string;
  readonly plan_id: string;
  readonly plan_name: string;
  readonly plan_description: string;
  readonly starting_on: string;
  readonly ending_before?: string;
  readonly custom_fields: CustomFields;
  readonly net_payment_terms_days?: number;
  readonly trial_info?: {
    readonly ending_before: string;
    readonly spending_caps: readonly {
      readonly credit_type: CreditType;
      readonly amount: Big;
      readonly amount_remaining: Big;
    }[];
  };
}

/** One charge inside a line item (metronome.md section 8.2). */
export interface InvoiceSubLineItem {
  readonly name: string;
  readonly quantity: Big;
  readonly subtotal: Big;
  readonly custom_fields: CustomFields;
  readonly price?: Big;
  readonly charge_id?: string;
  readonly tiers?: readonly {
    readonly starting_at: Big;
    readonly quantity: Big;
    readonly price: Big;
    readonly subtotal: Big;
  }[];
  readonly tier_period?: { readonly starting_at: string; readonly ending_before?: string };
  readonly start_date?: string;
  readonly end_date?: string;
}

/** A line item (metronome.md section 8.2); the part of its members that plans fill. */
export interface InvoiceLineItem {
  readonly name: string;
  readonly total: Big;
  readonly type: string;
  readonly credit_type: CreditType;
  readonly product_id: string;
  readonly group_key?: string;
  readonly group_value?: string | null;
  readonly sub_line_items: readonly InvoiceSubLineItem[];
}

/** Invoice-level correction (metronome.md section 8.1). */
export interface InvoiceAdjustment {
  readonly name: string;
  readonly total: Big;
  readonly credit_type: CreditType;
  readonly credit_grant_id?: string;
  readonly credit_grant_custom_fields?: CustomFields;
}

/** The billing provider's counterpart of an invoice (metronome.md section 8.1). */
export interface ExternalInvoice {
  readonly billing_provider_type: 'stripe';
  readonly invoice_id: string;
  readonly external_status: string;
  readonly issued_at_timestamp: string;
  readonly pdf_url?: string;
  readonly invoiced_total?: Big;
}

/** An invoice (metronome.md section 8.1); the part of its members that plans fill. */
export interface Invoice {
  readonly id: string;
  readonly customer_id: string;
  readonly status: 'DRAFT' | 'FINALIZED' | 'VOID';
  readonly type: string;
  readonly credit_type: CreditType;
  readonly line_items: readonly InvoiceLineItem[];
  readonly subtotal: Big;
  readonly total: Big;
  readonly start_timestamp: string;
  readonly end_timestamp: string;
  readonly issued_at?: string;
  readonly net_payment_terms_days?: number;
  readonly external_invoice: ExternalInvoice | null;
  readonly customer_custom_fields: CustomFields;
  readonly custom_fields: CustomFields;
  readonly plan_id: string;
  readonly plan_name: string;
  readonly plan_custom_fields: CustomFields;
  readonly invoice_adjustments: readonly InvoiceAdjustment[];
  readonly regenerated_from_invoice_id?: string;
}

/** Pending costs of one UTC day (metronome.md section 6). */
export interface CostWindow {
  readonly start_timestamp: string;
  readonly end_timestamp: string;
  readonly credit_types: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly cost: Big;
        readonly line_item_breakdown: readonly {
          readonly name: string;
          readonly cost: Big;
          readonly group_key?: string;
          readonly group_value?: string | null;
        }[];
      }
    >
  >;
}
