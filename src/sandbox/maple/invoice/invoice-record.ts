/** An invoice as the sandbox keeps it; amounts in minor units of `currency`. What is due is `total` less `paid`. */
export interface InvoiceRecord {
  readonly uuid: string;
  readonly customerIndex: number;
  readonly customerId: string;
  /** Counts within the customer; orders invoices of one instant. */
  readonly ordinal: number;
  /** The parent's id where a parent is billed, else the customer's own. */
  readonly billedCustomerId: string;
  /** Null for an invoice of one-time charges alone. */
  readonly subscriptionId: string | null;
  readonly number: string;
  readonly name: string;
  readonly status: string;
  readonly currency: string;
  readonly subTotal: bigint;
  readonly total: bigint;
  readonly paid: bigint;
  readonly prorated: bigint;
  readonly autoCharges: boolean;
  readonly invoiceDate: Date;
  readonly dueDate: Date;
  readonly paidDate: Date | null;
  /** Whether the answer embeds the customer: newer pages of the reference show it, older ones do not. */
  readonly embedsCustomer: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
