import { Pool } from 'undici';
import { readJson } from './read-json.ts';
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
} from './wire-rows.ts';

/** Where both systems are. */
export interface UpstreamAddresses {
  readonly metronome: { readonly url: string; readonly token: string };
  readonly maple: { readonly url: string; readonly token: string; readonly companyId: string };
}

/** Asks one system; gives the parsed body. */
export interface UpstreamCall {
  <Answer>(path: string, body?: object): Promise<Readonly<Answer>>;
}

const COST_WINDOW = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };

/** A call of each system by an undici pool, as a hand-written handler would make it. */
export function undiciCalls({
  metronome,
  maple,
}: UpstreamAddresses): Record<'metronome' | 'maple', UpstreamCall> {
  return {
    metronome: undiciCall(metronome.url, metronome.token, ''),
    maple: undiciCall(maple.url, maple.token, `/api/v1/companies/${maple.companyId}`),
  };
}

function undiciCall(url: string, token: string, prefix: string): UpstreamCall {
  const pool = new Pool(url, { connections: 128 });
  const headers = { authorization: `Bearer ${token}` };
  const bodyHeaders = { ...headers, 'content-type': 'application/json' };
  return async <Answer>(path: string, body?: object) => {
    const answer = await pool.request(
      body === undefined
        ? { method: 'GET', path: prefix + path, headers }
        : { method: 'POST', path: prefix + path, headers: bodyHeaders, body: JSON.stringify(body) },
    );
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`Upstream ${answer.statusCode}`);
    return readJson<Answer>(text);
  };
}

/** The calls that the gateway makes, asked as the gateway asks. */
export function billingCalls({ metronome, maple }: Record<'metronome' | 'maple', UpstreamCall>) {
  const find = async <Row>(what: string, query: object, limit: number): Promise<readonly Row[]> => {
    const body = { pagination: { limit }, query, sort_key: 'createdAtDesc' };
    return (await maple<MaplePage<Row>>(`/${what}/find`, body)).results ?? [];
  };
  const list = async <Row>(path: string): Promise<readonly Row[]> =>
    (await metronome<MetronomePage<Row>>(`/v1/customers${path}`)).data;
  const { from, to } = COST_WINDOW;
  return {
    customers: (limit: number) => list<MetronomeCustomerRow>(`?limit=${limit}`),
    customersByIds: (ids: readonly string[]) =>
      list<MetronomeCustomerRow>(`?limit=100&customer_ids=${ids.join('%2C')}`),
    customerByAlias: async (alias: string) =>
      (await list<MetronomeCustomerRow>(`?limit=100&ingest_alias=${encodeURIComponent(alias)}`))[0],
    metronomeInvoices: (customerId: string, limit: number) =>
      list<MetronomeInvoiceRow>(`/${customerId}/invoices?limit=${limit}&sort=date_desc`),
    metronomePlans: (customerId: string, limit: number) =>
      list<MetronomePlanRow>(`/${customerId}/plans?limit=${limit}`),
    metronomeCosts: (customerId: string) =>
      list<MetronomeCostRow>(
        `/${customerId}/costs?limit=100&starting_on=${encodeURIComponent(from)}&ending_before=${encodeURIComponent(to)}`,
      ),
    mapleCustomer: async (identifier: string) =>
      (await find<MapleCustomerRow>('customers', { identifier }, 100))[0],
    mapleInvoices: (customerId: string, limit: number) =>
      find<MapleInvoiceRow>('invoices', { customer_id: customerId }, limit),
    mapleSubscriptions: (customerId: string, limit: number) =>
      find<MapleSubscriptionRow>('subscriptions', { customer_id: customerId }, limit),
    mapleInvoicedSubscriptions: (customerId: string) =>
      find<MapleSubscriptionRow>(
        'subscriptions',
        { customer_id: customerId, next_invoice_date: { gte: from, lt: to } },
        100,
      ),
    mapleBundle: (id: string) => maple<MapleBundleRow>(`/bundles/${id}`),
    mapleNextInvoice: ({ customer_id, id, mrr }: MapleSubscriptionRow) =>
      maple<MapleNextInvoiceRow>('/invoices/next', {
        customer_id,
        subscription_id: id,
        currency: mrr.currency,
      }),
  };
}

/** The calls of both systems. */
export type BillingCalls = ReturnType<typeof billingCalls>;
