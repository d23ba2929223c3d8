import { UpstreamNotFoundError, UpstreamRejectedError } from '../../errors/upstream-error.ts';
import type { Reuse } from '../../read-cache/reuse.ts';
import type { BodyValidator } from '../http/check-body.ts';
import type { AnswerPart, UpstreamReader } from '../http/upstream-client.ts';
import { upstreamPath } from '../http/upstream-path.ts';
import { invalidField } from '../http/wire-values.ts';
import { idKey } from './id-key.ts';
import type { InvoicePage } from './map-invoice.ts';
import { CATALOGUE, currentReuse, customersReuse, invoiceReuse } from './reuse.ts';
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

/** One read of an operation. */
interface OperationRead<T> {
  readonly operation: keyof MetronomeAnswers;
  readonly path: string;
  readonly query?: string;
  readonly answer: BodyValidator<T>;
  readonly part?: AnswerPart<T>;
  readonly reuse: Reuse<T>;
}

/** Of a page of invoices; their lines are most of it. */
const WITHOUT_LINES: AnswerPart<InvoicePage> = {
  name: 'without lines',
  of: (page) => ({ ...page, data: page.data.map((row) => ({ ...row, line_items: null })) }),
};

/**
 * Metronome's read operations, one method each, for one GraphQL request. Nothing is remembered here: reads go through
 * the loaders. Every method may throw UpstreamError.
 */
export class MetronomeClient {
  readonly #reader: UpstreamReader;
  readonly #signal: AbortSignal;
  readonly #readsLines: boolean;

  /**
   * @param reader gives what others have read, where that is right for the operation; the client itself never does
   * @param readsLines whether lists of invoices keep their lines
   */
  constructor(reader: UpstreamReader, signal: AbortSignal, readsLines = true) {
    this.#reader = reader;
    this.#signal = signal;
    this.#readsLines = readsLines;
  }

  listCustomers(query: CustomerQuery, page: PageRequest): Promise<MetronomeCustomerPage> {
    const members = {
      // The official SDKs join with commas (metronome.md section 1.10).
      customer_ids: query.customerIds?.join(','),
      ingest_alias: query.ingestAlias,
      only_archived: query.onlyArchived ? 'true' : null,
    };
    return this.#topList({
      operation: 'listCustomers',
      path: '/v1/customers',
      query: pageQuery(page, members),
      answer: isMetronomeCustomerPage,
      reuse: customersReuse(query),
    });
  }

  listPlans(page: PageRequest): Promise<MetronomePlanPage> {
    return this.#topList({
      operation: 'listPlans',
      path: '/v1/plans',
      query: pageQuery(page),
      answer: isMetronomePlanPage,
      reuse: CATALOGUE,
    });
  }

  listPricingUnits(page: PageRequest): Promise<MetronomePricingUnitPage> {
    return this.#topList({
      operation: 'listPricingUnits',
      path: '/v1/credit-types/list',
      query: pageQuery(page),
      answer: isMetronomePricingUnitPage,
      reuse: CATALOGUE,
    });
  }

  /** Null when Metronome does not know the plan. */
  async getPlanDetails(planId: string): Promise<MetronomePlanDetail | null> {
    const answer = await this.#get({
      operation: 'getPlanDetails',
      path: pathOf`/v1/planDetails/${planId}`,
      answer: isMetronomePlanDetailResponse,
      reuse: CATALOGUE,
    });
    if (answer === null) return null;
    if (!isSameId(answer.data.id, planId)) throw invalidField('METRONOME', 'plan.id');
    return answer.data;
  }

  /** @throws UpstreamNotFoundError when Metronome does not know the plan */
  listPlanCharges(planId: string, page: PageRequest): Promise<MetronomePlanChargePage> {
    return this.#listBelow('plan', {
      operation: 'listPlanCharges',
      path: pathOf`/v1/planDetails/${planId}/charges`,
      query: pageQuery(page),
      answer: isMetronomePlanChargePage,
      reuse: CATALOGUE,
    });
  }

  /** @throws UpstreamNotFoundError when Metronome does not know the customer */
  listCustomerPlans(customerId: string, page: PageRequest): Promise<MetronomeCustomerPlanPage> {
    return this.#listBelow('customer', {
      operation: 'listCustomerPlans',
      path: pathOf`/v1/customers/${customerId}/plans`,
      query: pageQuery(page),
      answer: isMetronomeCustomerPlanPage,
      reuse: currentReuse(customerId),
    });
  }

  /** @throws UpstreamNotFoundError when Metronome does not know the customer */
  listCosts(customerId: string, query: CostQuery, page: PageRequest): Promise<MetronomeCostPage> {
    const members = { starting_on: query.startingOn, ending_before: query.endingBefore };
    return this.#listBelow('customer', {
      operation: 'listCustomerCosts',
      path: pathOf`/v1/customers/${customerId}/costs`,
      query: pageQuery(page, members),
      answer: isMetronomeCostPage,
      reuse: currentReuse(customerId),
    });
  }

  /**
   * Newest first.
   *
   * @throws UpstreamNotFoundError when Metronome does not know the customer
   */
  listInvoices(customerId: string, query: InvoiceQuery, page: PageRequest): Promise<InvoicePage> {
    const members = {
      // The default order is contradictory in the documentation (metronome.md section 8.3).
      sort: 'date_desc',
      status: query.status,
      starting_on: query.startingOn,
      ending_before: query.endingBefore,
    };
    return this.#listBelow<InvoicePage>('customer', {
      operation: 'listInvoices',
      path: pathOf`/v1/customers/${customerId}/invoices`,
      query: pageQuery(page, members),
      answer: isMetronomeInvoicePage,
      ...(!this.#readsLines && { part: WITHOUT_LINES }),
      reuse: currentReuse(customerId),
    });
  }

  /** Null when Metronome does not know the invoice, or not as this customer's. */
  async getInvoice(customerId: string, invoiceId: string): Promise<MetronomeInvoice | null> {
    const answer = await this.#get({
      operation: 'getInvoice',
      path: pathOf`/v1/customers/${customerId}/invoices/${invoiceId}`,
      answer: isMetronomeInvoiceResponse,
      reuse: invoiceReuse(customerId),
    });
    if (answer === null) return null;
    if (!isSameId(answer.data.id, invoiceId)) throw invalidField('METRONOME', 'invoice.id');
    if (!isSameId(answer.data.customer_id, customerId))
      throw invalidField('METRONOME', 'invoice.customer_id');
    return answer.data;
  }

  async #topList<T>(read: OperationRead<T>): Promise<T> {
    const page = await this.#get(read);
    if (page !== null) return page;
    throw new UpstreamRejectedError(
      'METRONOME',
      `The provider does not know the operation ${read.operation}.`,
      404,
    );
  }

  async #listBelow<T>(parent: 'customer' | 'plan', read: OperationRead<T>): Promise<T> {
    const page = await this.#get(read);
    if (page !== null) return page;
    throw new UpstreamNotFoundError('METRONOME', `The provider does not know this ${parent}.`);
  }

  #get<T>(read: OperationRead<T>): Promise<T | null> {
    return this.#reader.read({ ...read, method: 'GET', signal: this.#signal });
  }
}

function pageQuery({ limit, token }: PageRequest, members: QueryMembers = {}): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries({ ...members, next_page: token })) {
    if (value !== null && value !== undefined) query.set(name, value);
  }
  return query.toString();
}

function isSameId(a: string, b: string): boolean {
  return idKey(a) === idKey(b);
}
