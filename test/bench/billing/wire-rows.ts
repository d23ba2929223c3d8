/** What the bench reads of Metronome's and Maple's rows, in their own words. */
export interface MetronomeCustomerRow {
  readonly id: string;
  readonly name: string;
  readonly ingest_aliases: readonly string[];
  readonly created_at: string;
}

interface CreditTypeRow {
  readonly name: string;
}

interface LineItemRow {
  readonly name: string;
  readonly type: string;
  readonly quantity?: number | null;
  readonly total: number;
  readonly credit_type: CreditTypeRow;
}

export interface MetronomeInvoiceRow {
  readonly id: string;
  readonly customer_id: string;
  readonly status: string;
  readonly issued_at?: string | null;
  readonly end_timestamp?: string | null;
  readonly total: number;
  readonly credit_type: CreditTypeRow;
  readonly external_invoice?: { readonly external_status?: string | null } | null;
  readonly line_items: readonly LineItemRow[];
}

export interface MetronomePlanRow {
  readonly plan_id: string;
  readonly plan_name: string;
  readonly starting_on: string;
}

export interface MetronomeCostRow {
  readonly start_timestamp: string;
  readonly end_timestamp: string;
  readonly credit_types: Readonly<Record<string, { readonly name: string; readonly cost: number }>>;
}

export interface MetronomePage<Row> {
  readonly data: readonly Row[];
}

interface MapleMoneyRow {
  readonly currency: string;
  readonly value_in_cents: number;
}

export interface MapleCustomerRow {
  readonly id: string;
  readonly identifier: string | null;
  readonly name: string | null;
  readonly org_name: string | null;
  readonly display_name: string | null;
  readonly status: string;
}

export interface MapleInvoiceRow {
  readonly uuid: string;
  readonly customer_id: string;
  readonly number: string | null;
  readonly status: string;
  readonly invoice_date: string | null;
  readonly created_at: string | null;
  readonly total: MapleMoneyRow;
}

export interface MapleSubscriptionRow {
  readonly id: string;
  readonly customer_id: string;
  readonly bundle_pricing_id: string;
  readonly status: string;
  readonly mrr: MapleMoneyRow;
  readonly start_date: string | null;
  readonly created_at: string | null;
  readonly next_invoice_date: string;
}

export interface MapleBundleRow {
  readonly id: string;
  readonly name: string | null;
  readonly key: string | null;
}

export interface MapleNextInvoiceRow {
  readonly total: MapleMoneyRow;
}

export interface MaplePage<Row> {
  readonly results: readonly Row[] | null;
}
