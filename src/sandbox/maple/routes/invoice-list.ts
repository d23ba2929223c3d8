import {
  contains,
  dateInRange,
  equals,
  isAmong,
  isTrue,
  numberInRange,
  type Filter,
} from '../find/filter.ts';
import { wantedText, type FindList, type Query } from '../find/find-list.ts';
import { datedOrders, lowestFirst, matchingInOrder, type SortOrders } from '../find/sort-order.ts';
import type { InvoiceRecord } from '../invoice/invoice-record.ts';
import { invoiceWire } from '../invoice/invoice-wire.ts';
import type { MapleState } from '../maple-state.ts';
import type { WireObject } from '../wire/wire-object.ts';

const ORDERS: SortOrders<InvoiceRecord> = {
  ...datedOrders({
    createdAt: (row) => row.createdAt,
    updatedAt: (row) => row.updatedAt,
    place: (row) => row,
  }),
  dueDateAsc: lowestFirst(
    (row) => row,
    (row) => row.dueDate.getTime(),
  ),
};

/** Invoices as /invoices/find lists them; of the documented filters those that the data has an answer to. */
export function invoiceList(state: MapleState): FindList<InvoiceRecord> {
  const filters: Readonly<Record<string, Filter<InvoiceRecord>>> = {
    uuid: equals((row) => row.uuid),
    invoice_number: equals((row) => row.number),
    customer_id: equals((row) => row.customerId),
    billed_customer_id: equals((row) => row.billedCustomerId),
    subscription_id: equals((row) => row.subscriptionId),
    currency: equals((row) => row.currency),
    status: equals((row) => row.status),
    statuses: isAmong((row) => row.status),
    auto_charges: isTrue((row) => row.autoCharges),
    hide_zero: (value) =>
      typeof value === 'boolean' ? (row) => !value || row.total !== 0n : 'must be a boolean',
    total: numberInRange((row) => row.total),
    paid: numberInRange((row) => row.paid),
    due: numberInRange((row) => row.total - row.paid),
    invoice_date: dateInRange((row) => row.invoiceDate),
    due_date: dateInRange((row) => row.dueDate),
    paid_date: dateInRange((row) => row.paidDate),
    search: contains((row) => [row.number, row.name]),
  };
  return {
    name: 'invoices',
    filters,
    orders: ORDERS,
    isSortKeyRequired: false,
    rows: (query, matches, keyOf) => matchingInOrder(candidates(state, query), matches, keyOf),
    write: (row) => writeInvoice(state, row),
  };
}

/** An invoice on the wire. */
export function writeInvoice(state: MapleState, invoice: InvoiceRecord): WireObject {
  return invoiceWire(invoice, (customerId) => {
    const customer = state.customers.ofId(customerId);
    return customer && state.writeCustomer(customer);
  });
}

function* candidates(state: MapleState, query: Query): Generator<InvoiceRecord> {
  const uuid = wantedText(query, 'uuid');
  if (uuid !== undefined) {
    const invoice = state.billing.invoice(uuid);
    if (invoice !== undefined) yield invoice;
    return;
  }
  const customerId = wantedText(query, 'customer_id');
  if (customerId !== undefined) {
    const customer = state.customers.ofId(customerId);
    if (customer !== undefined) yield* state.billing.of(customer.index).invoices;
    return;
  }
  const subscription = state.billing.subscription(wantedText(query, 'subscription_id') ?? '');
  if (subscription !== undefined) {
    yield* state.billing.of(subscription.customerIndex).invoices;
    return;
  }
  for (const customer of state.customers.all()) yield* state.billing.of(customer.index).invoices;
}
