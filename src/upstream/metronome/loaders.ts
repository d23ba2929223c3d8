import DataLoader from 'dataloader';
import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import { createReadLoader } from '../http/read-loader.ts';
import type { UpstreamObserver } from '../http/upstream-observer.ts';
import type { CostQuery, InvoiceQuery, MetronomeClient, PageRequest } from './client.ts';
import { customersById, MAX_CUSTOMER_IDS, type CustomerRow } from './customers-by-id.ts';
import { everyPage } from './every-row.ts';
import { idKey } from './id-key.ts';

/** One page of the customer list. */
export interface CustomerPageRead extends PageRequest {
  readonly onlyArchived: boolean;
  readonly ingestAlias: string | null;
}

/** One page of a list below a customer. */
export interface CustomerListRead extends PageRequest {
  readonly customerId: string;
}

/** One page of a customer's invoices. */
export interface InvoicePageRead extends CustomerListRead, InvoiceQuery {}

/** Neither status nor period narrows the list. */
export const EVERY_INVOICE: InvoiceQuery = { status: null, startingOn: null, endingBefore: null };

/** One page of a customer's costs. */
export interface CostPageRead extends CustomerListRead, CostQuery {}

/** One page of a plan's charges. */
export interface PlanChargePageRead extends PageRequest {
  readonly planId: string;
}

/** One invoice. */
export interface InvoiceRead {
  readonly customerId: string;
  readonly invoiceId: string;
}

const CUSTOMER_BY_ID = 'metronome.customerById';

/** Every read of Metronome that one GraphQL request makes, each sent once. */
export type MetronomeLoaders = ReturnType<typeof createMetronomeLoaders>;

/** Loaders for one GraphQL request. All may reject with UpstreamError; single objects are null when unknown. */
export function createMetronomeLoaders(client: MetronomeClient, observer: Pick<UpstreamObserver, 'batched'>) {
  const planChargePage = createReadLoader(
    (read: PlanChargePageRead) => client.listPlanCharges(read.planId, read),
    (read) => keyOf(read.planId, read.token, read.limit),
  );
  return {
    /** By upstream id, archived or not. Primed by every customer that a list gives. */
    customerById: new DataLoader<string, CustomerRow | null, string>(
      (ids) => {
        observer.batched(CUSTOMER_BY_ID, ids.length);
        return customersById(client, ids);
      },
      { name: CUSTOMER_BY_ID, maxBatchSize: MAX_CUSTOMER_IDS, cacheKeyFn: idKey },
    ),
    customerPage: createReadLoader(
      (read: CustomerPageRead) => client.listCustomers(read, read),
      (read) => keyOf(read.onlyArchived, read.ingestAlias, read.token, read.limit),
    ),
    planById: createReadLoader(
      (planId: string) => client.getPlanDetails(planId),
      (planId) => planId,
    ),
    planPage: createReadLoader(
      (read: PageRequest) => client.listPlans(read),
      (read) => keyOf(read.token, read.limit),
    ),
    planChargePage,
    /** The ids of all charges of a plan; rejects with UpstreamNotFoundError when Metronome does not know the plan. */
    chargeIdsByPlanId: createReadLoader(
      async (planId: string): Promise<ReadonlySet<string>> => {
        const ids = new Set<string>();
        const pages = everyPage((token) => planChargePage.load({ planId, token, limit: MAX_PAGE_LIMIT }));
        for await (const charges of pages) for (const { id } of charges) ids.add(id);
        return ids;
      },
      (planId) => planId,
    ),
    customerPlanPage: createReadLoader(
      (read: CustomerListRead) => client.listCustomerPlans(read.customerId, read),
      (read) => keyOf(read.customerId, read.token, read.limit),
    ),
    invoicePage: createReadLoader(
      (read: InvoicePageRead) => client.listInvoices(read.customerId, read, read),
      (read) =>
        keyOf(read.customerId, read.status, read.startingOn, read.endingBefore, read.token, read.limit),
    ),
    invoice: createReadLoader(
      (read: InvoiceRead) => client.getInvoice(read.customerId, read.invoiceId),
      (read) => keyOf(read.customerId, read.invoiceId),
    ),
    costPage: createReadLoader(
      (read: CostPageRead) => client.listCosts(read.customerId, read, read),
      (read) => keyOf(read.customerId, read.startingOn, read.endingBefore, read.token, read.limit),
    ),
    pricingUnitPage: createReadLoader(
      (read: PageRequest) => client.listPricingUnits(read),
      (read) => keyOf(read.token, read.limit),
    ),
  };
}

function keyOf(...parts: readonly (string | number | boolean | null)[]): string {
  return JSON.stringify(parts);
}
