import { companies, DEFAULT_COMPANY_COUNT } from '../dataset/companies.ts';
import { DEFAULT_SANDBOX_NOW } from '../sandbox-clock.ts';
import type { SandboxServerOptions } from '../http/sandbox-server.ts';
import { createBilling, type Billing } from './billing/billing.ts';
import { offeredBundles, type Bundle } from './catalog/bundle.ts';
import { catalogCreatedAt } from './catalog/catalog-dates.ts';
import { createCatalogWire, type CatalogWire } from './catalog/catalog-wire.ts';
import type { CustomerRecord } from './customer/customer-record.ts';
import { createCustomerTable, type CustomerTable } from './customer/customer-table.ts';
import { customerWire } from './customer/customer-wire.ts';
import type { WireObject } from './wire/wire-object.ts';

/** All that the routes of one Maple sandbox read and change. */
export interface MapleState {
  readonly now: Date;
  readonly maxPageSize: number;
  readonly customers: CustomerTable;
  readonly billing: Billing;
  readonly offeredBundles: readonly Bundle[];
  readonly catalogWire: CatalogWire;
  /** A customer on the wire, with its run rates. */
  writeCustomer(customer: CustomerRecord): WireObject;
}

/** A state as the options say, without any change by a caller yet. */
export function createMapleState(options: SandboxServerOptions): MapleState {
  const now = options.now ?? DEFAULT_SANDBOX_NOW;
  const existing = companies({ count: options.companyCount ?? DEFAULT_COMPANY_COUNT, now });
  const offered = offeredBundles((position) => catalogCreatedAt(now, position));
  const billing = createBilling(existing, offered, now);
  return {
    now,
    maxPageSize: options.maxPageSize ?? Number.POSITIVE_INFINITY,
    customers: createCustomerTable(existing, now),
    billing,
    offeredBundles: offered,
    catalogWire: createCatalogWire(now),
    writeCustomer: (customer) => customerWire(customer, billing.mrr(customer.index)),
  };
}
