/** For whom else an answer of an upstream may serve, and until when. Reads without one are sent for each GraphQL request. */
export type Reuse<T> = CatalogueReuse | CustomerDataReuse<T>;

/** Plans, charges, products, units: the same for all customers, and no write of the gateway changes them. */
export interface CatalogueReuse {
  readonly kind: 'catalogue';
}

/** What a customer's writes may change. */
export interface CustomerDataReuse<T> {
  readonly kind: 'customer-data';
  /**
   * Whose writes end it, by the names that writes give their customers; `any` where that is not known before the answer,
   * or where it may be everybody.
   */
  readonly customers: readonly string[] | 'any';
  /** Whether it may serve after the reads that are under way; a draft may not. */
  readonly mayKeep: (answer: T) => boolean;
}
