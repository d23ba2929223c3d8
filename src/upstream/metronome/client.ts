import { UpstreamNotFoundError, UpstreamRejectedError } from '../../errors/upstream-error.ts';
import type { BodyValidator } from '../http/check-body.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { upstreamPath } from '../http/upstream-path.ts';
import { invalidField } from '../http/wire-values.ts';
import { idKey } from './id-key.ts';
import {
  isMetronomeCostPage,
  isMetronomeCustomerPage,
  isMetronomeCustomerPlanPage,
  isMetronomeInvoicePage,
  isMetronomeInvoiceResponse,
  isMetronomePlanChargePage,
  isMetronomePlanDetailResponse,
  isMetronomePlanPage,
  isMetronomePricingUnitPage,
} from './wire-validators.gen.js';
import type {
  MetronomeAnswers,
  MetronomeCostPage,
  MetronomeCustomerPage,
  MetronomeCustomerPlanPage,
  MetronomeInvoice,
  MetronomeInvoicePage,
  MetronomePlanChargePage,
  MetronomePlanDetail,
  MetronomePlanPage,
  MetronomePricingUnitPage,
} from './wire.gen.ts';

/** Which page of a list. */
export interface PageRequest {
  /** Null for the first page, else the `next_page` of the page before. */
  readonly token: string | null;
  /** 1 to 100 (metronome.md section 1.3). */
  readonly limit: number;
}

/** Narrows `GET /v1/customers` (metronome.md section 3). */
export interface CustomerQuery {
  /** True for archived customers only, false for active ones only: one call never gives both. */
  readonly onlyArchived: boolean;
  /** At most 100. */
  readonly customerIds?: readonly string[];
  readonly ingestAlias?: string | null;
}

/** Narrows the invoice list of one customer (metronome.md section 8.3). */
export interface InvoiceQuery {
  readonly status: 'DRAFT' | 'FINALIZED' | 'VOID' | null;
  /** The service period starts at or after. */
  readonly startingOn: string | null;
  /** The service period ends before. */
  readonly endingBefore: string | null;
}

/** The window of a cost list (metronome.md section 6). */
export interface CostQuery {
  /** Inclusive. */
  readonly startingOn: string;
  /** Exclusive. */
  readonly endingBefore: string;
}

const pathOf = upstreamPath('METRONOME');

/** A query member; null and undefined are left out. */
type QueryMembers = Readonly<Record<string, string | null | undefined>>;

/**
 * Metronome's read operations, one method each, for one GraphQL request. Nothing is remembered here: reads go through
 * the loaders. Every method may throw UpstreamError.
 */
export class MetronomeClient {
  readonly #client: UpstreamClient;
  readonly #signal: AbortSignal;

  constructor(client: UpstreamClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  listCustomers(query: CustomerQuery, page: PageRequest): Promise<MetronomeCustomerPage> {
    const members = {
      // The official SDKs join with commas (metronome.md section 1.10).
      customer_ids: query.customerIds?.join(','),
      ingest_alias: query.ingestAlias,
      only_archived: query.onlyArchived ? 'true' : null,
    };
    return this.#topList('listCustomers', '/v1/customers', pageQuery(page, members), isMetronomeCustomerPage);
  }

  listPlans(page: PageRequest): Promise<MetronomePlanPage> {
    return this.#topList('listPlans', '/v1/plans', pageQuery(page), isMetronomePlanPage);
  }

  listPricingUnits(page: PageRequest): Promise<MetronomePricingUnitPage> {
    return this.#topList(
      'listPricingUnits',
      '/v1/credit-types/list',
      pageQuery(page),
      isMetronomePricingUnitPage,
    );
  }

  /** Null when Metronome does not know the plan. */
  async getPlanDetails(planId: string): Promise<MetronomePlanDetail | null> {
    const path = pathOf`/v1/planDetails/${planId}`;
    const answer = await this.#get('getPlanDetails', path, undefined, isMetronomePlanDetailResponse);
    if (answer === null) return null;
    if (!isSameId(answer.data.id, planId)) throw invalidField('METRONOME', 'plan.id');
    return answer.data;
  }

  /** @throws UpstreamNotFoundError when Metronome does not know the plan */
  listPlanCharges(planId: string, page: PageRequest): Promise<MetronomePlanChargePage> {
    const path = pathOf`/v1/planDetails/${planId}/charges`;
    return this.#listBelow('plan', 'listPlanCharges', path, pageQuery(page), isMetronomePlanChargePage);
  }

  /** @throws UpstreamNotFoundError when Metronome does not know the customer */
  listCustomerPlans(customerId: string, page: PageRequest): Promise<MetronomeCustomerPlanPage> {
    const path = pathOf`/v1/customers/${customerId}/plans`;
    return this.#listBelow(
      'customer',
      'listCustomerPlans',
      path,
      pageQuery(page),
      isMetronomeCustomerPlanPage,
    );
  }

  /** @throws UpstreamNotFoundError when Metronome does not know the customer */
  listCosts(customerId: string, query: CostQuery, page: PageRequest): Promise<MetronomeCostPage> {
    const path = pathOf`/v1/customers/${customerId}/costs`;
    const members = { starting_on: query.startingOn, ending_before: query.endingBefore };
    return this.#listBelow(
      'customer',
      'listCustomerCosts',
      path,
      pageQuery(page, members),
      isMetronomeCostPage,
    );
  }

  /**
   * Newest first.
   *
   * @throws UpstreamNotFoundError when Metronome does not know the customer
   */
  listInvoices(customerId: string, query: InvoiceQuery, page: PageRequest): Promise<MetronomeInvoicePage> {
    const path = pathOf`/v1/customers/${customerId}/invoices`;
    const members = {
      // The default order is contradictory in the documentation (metronome.md section 8.3).
      sort: 'date_desc',
      status: query.status,
      starting_on: query.startingOn,
      ending_before: query.endingBefore,
    };
    return this.#listBelow(
      'customer',
      'listInvoices',
      path,
      pageQuery(page, members),
      isMetronomeInvoicePage,
    );
  }

  /** Null when Metronome does not know the invoice, or not as this customer's. */
  async getInvoice(customerId: string, invoiceId: string): Promise<MetronomeInvoice | null> {
    const path = pathOf`/v1/customers/${customerId}/invoices/${invoiceId}`;
    const answer = await this.#get('getInvoice', path, undefined, isMetronomeInvoiceResponse);
    if (answer === null) return null;
    if (!isSameId(answer.data.id, invoiceId)) throw invalidField('METRONOME', 'invoice.id');
    if (!isSameId(answer.data.customer_id, customerId))
      throw invalidField('METRONOME', 'invoice.customer_id');
    return answer.data;
  }

  async #topList<T>(
    operation: keyof MetronomeAnswers,
    path: string,
    query: URLSearchParams,
    validator: BodyValidator<T>,
  ): Promise<T> {
    const page = await this.#get(operation, path, query, validator);
    if (page !== null) return page;
    throw new UpstreamRejectedError(
      'METRONOME',
      `The provider does not know the operation ${operation}.`,
      404,
    );
  }

  async #listBelow<T>(
    parent: 'customer' | 'plan',
    operation: keyof MetronomeAnswers,
    path: string,
    query: URLSearchParams,
    validator: BodyValidator<T>,
  ): Promise<T> {
    const page = await this.#get(operation, path, query, validator);
    if (page !== null) return page;
    throw new UpstreamNotFoundError('METRONOME', `The provider does not know this ${parent}.`);
  }

  #get<T>(
    operation: keyof MetronomeAnswers,
    path: string,
    query: URLSearchParams | undefined,
    answer: BodyValidator<T>,
  ): Promise<T | null> {
    const read = { operation, method: 'GET', path, answer, signal: this.#signal } as const;
    return this.#client.read(query === undefined ? read : { ...read, query });
  }
}

function pageQuery({ limit, token }: PageRequest, members: QueryMembers = {}): URLSearchParams {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries({ ...members, next_page: token })) {
    if (value !== null && value !== undefined) query.set(name, value);
  }
  return query;
}

function isSameId(a: string, b: string): boolean {
  return idKey(a) === idKey(b);
}
