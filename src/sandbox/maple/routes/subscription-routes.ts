import {
  contains,
  dateInRange,
  equals,
  hasValues,
  isAmong,
  isTrue,
  numberInRange,
  type Filter,
} from '../find/filter.ts';
import { findPage, wantedText, type FindList, type Query } from '../find/find-list.ts';
import { datedOrders, highestFirst, matchingInOrder, type SortOrders } from '../find/sort-order.ts';
import type { MapleState } from '../maple-state.ts';
import { postRoute, readRoute, type MapleRoute } from '../request/maple-route.ts';
import type { SubscriptionRecord } from '../subscription/subscription-record.ts';
import { subscriptionWire } from '../subscription/subscription-wire.ts';
import type { WireObject } from '../wire/wire-object.ts';

/**
 * The subscription operations of maple.md section 5.2, for reading. Only ids are taken: which field would hold the
 * external identifier is not documented.
 */
export function subscriptionRoutes(state: MapleState): readonly MapleRoute[] {
  const list = subscriptionList(state);
  return [
    postRoute('/subscriptions/find', (body) => findPage(list, body, state.maxPageSize)),
    readRoute('/subscriptions', 'Subscription', (id) => {
      const subscription = state.billing.subscription(id);
      return subscription && list.write(subscription);
    }),
  ];
}

const ORDERS: SortOrders<SubscriptionRecord> = {
  ...datedOrders({
    createdAt: (row) => row.createdAt,
    updatedAt: (row) => row.updatedAt,
    place: (row) => row,
  }),
  mrrDesc: highestFirst(
    (row) => row,
    (row) => Number(row.mrr),
  ),
};

function subscriptionList(state: MapleState): FindList<SubscriptionRecord> {
  const { customers } = state;
  const customerOf = (row: SubscriptionRecord) => customers.ofIndex(row.customerIndex);
  const filters: Readonly<Record<string, Filter<SubscriptionRecord>>> = {
    customer_id: equals((row) => row.customerId),
    status: equals((row) => row.status),
    statuses: isAmong((row) => row.status),
    trial: isTrue((row) => row.trial),
    bundle_pricing_id: equals((row) => row.bundle.id),
    product_pricing_id: (value) =>
      typeof value === 'string' ? (row) => pricingIds(row).includes(value) : 'must be a string',
    product_pricing_ids: hasValues(pricingIds),
    product_ids: hasValues((row) => row.bundle.pricings.map((pricing) => `prod_${pricing.product}`)),
    auto_charges: isTrue((row) => row.autoCharges),
    auto_renews: isTrue((row) => row.autoRenews),
    parent_billed: isTrue((row) => row.parentBilled),
    parent_customer_id: equals((row) => customerOf(row)?.parentCustomerId ?? null),
    owner_id: equals((row) => customerOf(row)?.ownerId ?? null),
    exclude_from_metrics: isTrue((row) => customerOf(row)?.excludeFromMetrics ?? false),
    tags: hasValues((row) => row.tags),
    mrr: numberInRange((row) => row.mrr),
    start_date: dateInRange((row) => row.startDate),
    end_date: dateInRange((row) => row.endDate),
    renewal_date: dateInRange((row) => row.renewalDate),
    next_invoice_date: dateInRange((row) => row.nextInvoiceDate),
    search: contains((row) => [row.id, row.bundle.name, customerOf(row)?.name ?? '']),
  };
  return {
    name: 'subscriptions',
    filters,
    orders: ORDERS,
    isSortKeyRequired: true,
    rows: (query, matches, keyOf) => matchingInOrder(candidates(state, query), matches, keyOf),
    write: (row) => subscriptionWire(row, customerWireOf(state, row)),
  };
}

function pricingIds(row: SubscriptionRecord): readonly string[] {
  return row.bundle.pricings.map((pricing) => pricing.id);
}

function* candidates(state: MapleState, query: Query): Generator<SubscriptionRecord> {
  const customerId = wantedText(query, 'customer_id');
  if (customerId !== undefined) {
    const customer = state.customers.ofId(customerId);
    if (customer !== undefined) yield* state.billing.of(customer.index).subscriptions;
    return;
  }
  for (const customer of state.customers.all()) yield* state.billing.of(customer.index).subscriptions;
}

function customerWireOf(state: MapleState, row: SubscriptionRecord): WireObject {
  const customer = state.customers.ofIndex(row.customerIndex);
  if (customer === undefined) throw new RangeError(`Subscription ${row.id} has no customer`);
  return state.writeCustomer(customer);
}
