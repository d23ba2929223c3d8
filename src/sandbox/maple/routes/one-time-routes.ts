import { equals, type Filter } from '../find/filter.ts';
import { findPage, wantedText, type FindList, type Query } from '../find/find-list.ts';
import { datedOrders, matchingInOrder } from '../find/sort-order.ts';
import type { MapleState } from '../maple-state.ts';
import type { OneTimeRecord } from '../one-time/one-time-record.ts';
import { oneTimeWire } from '../one-time/one-time-wire.ts';
import { createRoute, postRoute, type MapleRoute } from '../request/maple-route.ts';
import { createOneTimes } from './create-one-times.ts';

/** The one-time charge operations of maple.md section 7. */
export function oneTimeRoutes(state: MapleState): readonly MapleRoute[] {
  const list = oneTimeList(state);
  return [
    postRoute('/one_times/find', (body) => findPage(list, body, state.maxPageSize)),
    createRoute('/one_times', (body) => createOneTimes(state, body).map(list.write)),
  ];
}

function oneTimeList(state: MapleState): FindList<OneTimeRecord> {
  const filters: Readonly<Record<string, Filter<OneTimeRecord>>> = {
    customer_id: equals((row) => row.customerId),
    state: equals((row) => row.state),
    type: equals((row) => row.type),
  };
  return {
    name: 'one_times',
    filters,
    orders: datedOrders({
      createdAt: (row) => row.createdAt,
      updatedAt: (row) => row.updatedAt,
      place: (row) => row,
    }),
    isSortKeyRequired: false,
    rows: (query, matches, keyOf) => matchingInOrder(candidates(state, query), matches, keyOf),
    write: (row) => oneTimeWire(row, state.catalogWire.embeddedPricing),
  };
}

function* candidates(state: MapleState, query: Query): Generator<OneTimeRecord> {
  const customerId = wantedText(query, 'customer_id');
  if (customerId !== undefined) {
    const customer = state.customers.ofId(customerId);
    if (customer !== undefined) yield* state.billing.of(customer.index).oneTimes;
    return;
  }
  for (const customer of state.customers.all()) yield* state.billing.of(customer.index).oneTimes;
}
