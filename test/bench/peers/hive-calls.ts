import type { BillingCalls } from '../billing/upstream-calls.ts';
import { readJson } from '../billing/read-json.ts';
import type {
  MapleBundleRow,
  MapleCustomerRow,
  MapleInvoiceRow,
  MapleNextInvoiceRow,
  MaplePage,
  MapleSubscriptionRow,
  MetronomeCostRow,
  MetronomeCustomerRow,
  MetronomeInvoiceRow,
  MetronomePage,
  MetronomePlanRow,
} from '../billing/wire-rows.ts';

/** How Hive Gateway lets resolvers ask a subgraph. */
type AskSubgraph = (request: {
  readonly args: object;
  readonly context: HiveContext;
  readonly info: unknown;
  readonly selectionSet: string;
}) => Promise<unknown>;

/** The part of Hive Gateway's context that the bench needs. */
export interface HiveContext {
  readonly metronome: { readonly Query: Readonly<Record<string, AskSubgraph>> };
  readonly maple: {
    readonly Query: Readonly<Record<string, AskSubgraph>>;
    readonly Mutation: Readonly<Record<string, AskSubgraph>>;
  };
}

const MONEY = '{ currency value_in_cents }';
const CREDIT_TYPE = 'credit_type { name }';
const CUSTOMER = 'id name ingest_aliases created_at';
const WINDOW = { starting_on: '2026-06-01T00:00:00Z', ending_before: '2026-07-01T00:00:00Z' };

/** The calls of both systems, through the operations that were made of their OpenAPI documents. */
export function hiveCalls(context: HiveContext, info: unknown, companyId: string): BillingCalls {
  async function ask<Answer>(
    operation: AskSubgraph | undefined,
    args: object,
    type: string,
    fields: string,
  ): Promise<Readonly<Answer>> {
    if (operation === undefined) throw new Error(`No operation gives ${type}`);
    const selectionSet = `{ ... on ${type} { ${fields} } }`;
    const answer = await operation({ args, context, info, selectionSet });
    // Proxies of the gateway's own; the bench maps plain rows.
    return readJson<Answer>(JSON.stringify(answer, plainNumbers));
  }
  async function list<Row>(operation: string, args: object, type: string, fields: string) {
    const { [`Metronome_${operation}`]: read } = context.metronome.Query;
    const page = await ask<MetronomePage<Row>>(read, args, `Metronome_${type}`, `data { ${fields} }`);
    return page.data;
  }
  async function find<Row>(what: string, query: object, limit: number, fields: string) {
    const { [`Maple_find${what}`]: read } = context.maple.Mutation;
    const input = { pagination: { limit }, query, sort_key: 'createdAtDesc' };
    const type = `Maple_find${what}_200_response`;
    const args = { company_id: companyId, input };
    const page = await ask<MaplePage<Row>>(read, args, type, `results { ${fields} }`);
    return page.results ?? [];
  }
  const subscriptions = (query: object, limit: number) =>
    find<MapleSubscriptionRow>(
      'Subscriptions',
      query,
      limit,
      `id customer_id bundle_pricing_id status mrr ${MONEY} start_date created_at next_invoice_date`,
    );
  const customers = (args: object) =>
    list<MetronomeCustomerRow>('listCustomers', args, 'CustomerPage', CUSTOMER);
  return {
    customers: (limit) => customers({ limit }),
    customersByIds: (ids) => customers({ limit: 100, customer_ids: ids }),
    customerByAlias: async (alias) => (await customers({ limit: 100, ingest_alias: alias }))[0],
    metronomeInvoices: (customerId, limit) =>
      list<MetronomeInvoiceRow>(
        'listInvoices',
        { customer_id: customerId, limit, sort: 'date_desc' },
        'InvoicePage',
        `id customer_id status issued_at end_timestamp total ${CREDIT_TYPE} external_invoice { external_status }
        line_items { name type quantity total ${CREDIT_TYPE} }`,
      ),
    metronomePlans: (customerId, limit) =>
      list<MetronomePlanRow>(
        'listCustomerPlans',
        { customer_id: customerId, limit },
        'CustomerPlanPage',
        'plan_id plan_name starting_on',
      ),
    metronomeCosts: (customerId) =>
      list<MetronomeCostRow>(
        'listCustomerCosts',
        { customer_id: customerId, limit: 100, ...WINDOW },
        'CostPage',
        'start_timestamp end_timestamp credit_types',
      ),
    mapleCustomer: async (identifier) =>
      (
        await find<MapleCustomerRow>(
          'Customers',
          { identifier },
          100,
          'id identifier name org_name display_name status',
        )
      )[0],
    mapleInvoices: (customerId, limit) =>
      find<MapleInvoiceRow>(
        'Invoices',
        { customer_id: customerId },
        limit,
        `uuid customer_id number status invoice_date created_at total ${MONEY}`,
      ),
    mapleSubscriptions: (customerId, limit) => subscriptions({ customer_id: customerId }, limit),
    mapleInvoicedSubscriptions: (customerId) =>
      subscriptions(
        {
          customer_id: customerId,
          next_invoice_date: { gte: WINDOW.starting_on, lt: WINDOW.ending_before },
        },
        100,
      ),
    mapleBundle: (id) =>
      ask<MapleBundleRow>(
        context.maple.Query['Maple_getBundle'],
        { company_id: companyId, id },
        'Maple_BundlePricing',
        'id name key',
      ),
    mapleNextInvoice: ({ customer_id, id, mrr }) =>
      ask<MapleNextInvoiceRow>(
        context.maple.Mutation['Maple_getNextInvoice'],
        { company_id: companyId, input: { customer_id, subscription_id: id, currency: mrr.currency } },
        'Maple_Invoice',
        `total ${MONEY}`,
      ),
  };
}

function plainNumbers(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
