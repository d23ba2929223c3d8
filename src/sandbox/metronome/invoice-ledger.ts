import { companyInvoices } from './company-invoices.ts';
import type { CustomerDirectory, MetronomeCustomer } from './customer-directory.ts';
import { indexOfMetronomeId } from './metronome-id.ts';
import type { Invoice } from './wire-types.ts';

/** The invoices of every customer; made when first asked for, changes are kept. */
export interface InvoiceLedger {
  /** A customer's invoices; the order says nothing. */
  invoicesOf(customer: MetronomeCustomer): readonly Invoice[];
  /** The invoice with an id and its customer; undefined when there is none. */
  find(id: string): { readonly customer: MetronomeCustomer; readonly invoice: Invoice } | undefined;
  /** Puts an invoice in place of the one with its id. */
  replace(customer: MetronomeCustomer, invoice: Invoice): void;
  /** Adds an invoice. Its id has to be a `metronomeId('invoice', customer.index, ...)`. */
  add(customer: MetronomeCustomer, invoice: Invoice): void;
}

/** How many customers' unchanged invoices stay in memory. */
const CACHED_CUSTOMERS = 256;

/** A ledger over the customers of a directory, as of `now`. */
export function createInvoiceLedger(directory: CustomerDirectory, now: Date): InvoiceLedger {
  const changed = new Map<number, readonly Invoice[]>();
  const cached = new Map<number, readonly Invoice[]>();

  const invoicesOf = (customer: MetronomeCustomer): readonly Invoice[] => {
    const known = changed.get(customer.index) ?? cached.get(customer.index);
    if (known !== undefined) return known;
    const { company, id, customFields } = customer;
    const invoices =
      company === undefined ? [] : companyInvoices({ company, customerId: id, customFields }, now);
    cached.set(customer.index, invoices);
    const oldest = cached.keys().next().value;
    if (cached.size > CACHED_CUSTOMERS && oldest !== undefined) cached.delete(oldest);
    return invoices;
  };
  return {
    invoicesOf,
    find: (id) => {
      const customer = directory.byIndex(indexOfMetronomeId('invoice', id));
      const invoice = customer && invoicesOf(customer).find((candidate) => candidate.id === id.toLowerCase());
      return customer && invoice && { customer, invoice };
    },
    replace: (customer, invoice) =>
      changed.set(
        customer.index,
        invoicesOf(customer).map((earlier) => (earlier.id === invoice.id ? invoice : earlier)),
      ),
    add: (customer, invoice) => changed.set(customer.index, [...invoicesOf(customer), invoice]),
  };
}
