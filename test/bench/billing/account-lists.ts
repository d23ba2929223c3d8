import {
  instant,
  mapleCost,
  mapleInvoice,
  mapleInvoiceAt,
  maplePlan,
  metronomeCost,
  metronomeInvoice,
  metronomeInvoiceAt,
  metronomePlan,
  type CustomerObject,
  type Dated,
  type InvoiceObject,
} from './public-objects.ts';
import type { BillingCalls } from './upstream-calls.ts';
import type { MapleSubscriptionRow } from './wire-rows.ts';

/** The newest invoices of the customers of an account, over both systems. */
export async function accountInvoices(
  calls: BillingCalls,
  customers: readonly CustomerObject[],
  first: number,
): Promise<InvoiceObject[]> {
  const lists = await Promise.all(
    customers.map(async ({ provider, providerId }) =>
      provider === 'METRONOME'
        ? (await calls.metronomeInvoices(providerId, first)).map((row) => ({
            at: metronomeInvoiceAt(row),
            item: metronomeInvoice(row),
          }))
        : (await calls.mapleInvoices(providerId, first)).map((row) => ({
            at: mapleInvoiceAt(row),
            item: mapleInvoice(row),
          })),
    ),
  );
  return merged<InvoiceObject>(lists, first);
}

type PlanObject = ReturnType<typeof maplePlan>;

/** The plans that the customers of an account hold. */
export async function accountPlans(
  calls: BillingCalls,
  customers: readonly CustomerObject[],
  first: number,
): Promise<PlanObject[]> {
  const lists = await Promise.all(
    customers.map(async ({ provider, providerId }): Promise<Dated<() => Promise<PlanObject>>[]> =>
      provider === 'METRONOME'
        ? (await calls.metronomePlans(providerId, first)).map((row) => ({
            at: instant(row.starting_on),
            item: () => Promise.resolve(metronomePlan(row)),
          }))
        : (await calls.mapleSubscriptions(providerId, first)).map((row) => ({
            at: instant(row.start_date ?? row.created_at),
            item: () => bundles(row.bundle_pricing_id),
          })),
    ),
  );
  const known = new Map<string, Promise<PlanObject>>();
  function bundles(id: string): Promise<PlanObject> {
    const plan = known.get(id) ?? calls.mapleBundle(id).then(maplePlan);
    known.set(id, plan);
    return plan;
  }
  return Promise.all(merged(lists, first).map((read) => read()));
}

type CostObject = ReturnType<typeof metronomeCost> | ReturnType<typeof mapleCost>;

/** What the customers of an account cost in the window of the bench. */
export async function accountCosts(
  calls: BillingCalls,
  customers: readonly CustomerObject[],
  first: number,
): Promise<CostObject[]> {
  const lists = await Promise.all(
    customers.map(async ({ provider, providerId }): Promise<Dated<() => Promise<CostObject>>[]> =>
      provider === 'METRONOME'
        ? (await calls.metronomeCosts(providerId)).map((row) => ({
            at: instant(row.start_timestamp),
            item: () => Promise.resolve<CostObject>(metronomeCost(row)),
          }))
        : (await calls.mapleInvoicedSubscriptions(providerId)).filter(isRunning).map((row) => ({
            at: instant(row.next_invoice_date),
            item: async () => mapleCost(row, await calls.mapleNextInvoice(row)),
          })),
    ),
  );
  return Promise.all(merged(lists, first).map((read) => read()));
}

function isRunning({ status }: MapleSubscriptionRow): boolean {
  return ['ACTIVE', 'TRIALING', 'TRIAL', 'IN_TRIAL'].includes(status);
}

/** The newest head first, an earlier list before a later one, each list in its own order. */
function merged<T>(lists: readonly (readonly Dated<T>[])[], first: number): T[] {
  const places = lists.map(() => 0);
  const items: T[] = [];
  while (items.length < first) {
    let newest: Dated<T> | undefined;
    let from = -1;
    for (const [index, list] of lists.entries()) {
      const head = list[places[index] ?? 0];
      if (head !== undefined && (newest === undefined || head.at > newest.at)) {
        newest = head;
        from = index;
      }
    }
    if (newest === undefined) break;
    items.push(newest.item);
    places[from] = (places[from] ?? 0) + 1;
  }
  return items;
}
