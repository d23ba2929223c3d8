import type { CustomerRecord } from '../customer/customer-record.ts';
import { contains, equals, hasValues, isAmong, isTrue, numberInRange, type Filter } from '../find/filter.ts';
import type { FindList } from '../find/find-list.ts';
import { datedOrders } from '../find/sort-order.ts';
import type { MapleState } from '../maple-state.ts';

const ORDERS = datedOrders<CustomerRecord>({
  createdAt: (row) => row.createdAt,
  updatedAt: (row) => row.updatedAt,
  place: (row) => ({ customerIndex: row.index, ordinal: 0 }),
});

/** Texts that `search` looks into; which ones the real search covers is not documented. */
const searchedTexts = (row: CustomerRecord): readonly string[] => [
  row.name,
  row.orgName,
  row.email,
  row.identifier,
];

/** Customers as /customers/find lists them; all documented filters but `metadata`, whose value form is unknown. */
export function customerList(state: MapleState): FindList<CustomerRecord> {
  const mrr = (row: CustomerRecord): bigint => state.billing.mrr(row.index);
  const filters: Readonly<Record<string, Filter<CustomerRecord>>> = {
    email: equals((row) => row.email),
    identifier: equals((row) => row.identifier),
    name: contains((row) => [row.name]),
    org_name: contains((row) => [row.orgName]),
    phone: equals((row) => row.phone),
    title: equals((row) => row.title),
    search: contains(searchedTexts),
    status: equals((row) => row.status),
    statuses: isAmong((row) => row.status),
    tags: hasValues((row) => row.tags),
    has_parent: isTrue((row) => row.parentCustomerId !== null),
    parent_customer_id: equals((row) => row.parentCustomerId),
    owner_id: equals((row) => row.ownerId),
    owner_ids: hasValues((row) => (row.ownerId === null ? [] : [row.ownerId])),
    exclude_from_metrics: isTrue((row) => row.excludeFromMetrics),
    managed_externally: isTrue((row) => row.managedExternally),
    mrr: numberInRange(mrr),
    arr: numberInRange((row) => mrr(row) * 12n),
  };
  return {
    name: 'customers',
    filters,
    orders: ORDERS,
    isSortKeyRequired: false,
    rows: (_query, _matches, keyOf) => state.customers.sortedBy(keyOf),
    write: state.writeCustomer,
  };
}
