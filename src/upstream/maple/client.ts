import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import type { Reuse } from '../../read-cache/reuse.ts';
import type { BodyValidator } from '../http/check-body.ts';
import type { UpstreamReader } from '../http/upstream-client.ts';
import { upstreamPath } from '../http/upstream-path.ts';
import { findBody, type FindRequest } from './find-request.ts';
import { CATALOGUE, CURRENT, customerReuse, CUSTOMERS, INVOICE } from './reuse.ts';
import {
  isMapleBundlePage,
  isMapleBundlePricing,
  isMapleCustomer,
  isMapleCustomerPage,
  isMapleInvoice,
  isMapleInvoicePage,
  isMapleNextInvoice,
  isMapleOneTimeChargePage,
  isMapleProduct,
  isMapleProductPricing,
  isMapleProductPricingPage,
  isMapleSubscription,
  isMapleSubscriptionPage,
} from './wire-validators.gen.js';
import type {
  MapleAnswers,
  MapleBundlePage,
  MapleBundlePricing,
  MapleBundleQuery,
  MapleCustomer,
  MapleCustomerPage,
  MapleCustomerQuery,
  MapleInvoice,
  MapleInvoicePage,
  MapleInvoiceQuery,
  MapleNextInvoice,
  MapleNextInvoiceRequest,
  MapleOneTimeChargePage,
  MapleOneTimeQuery,
  MapleProduct,
  MapleProductPricing,
  MapleProductPricingPage,
  MapleProductPricingQuery,
  MapleSubscription,
  MapleSubscriptionPage,
  MapleSubscriptionQuery,
} from './wire.gen.ts';

const pathOf = upstreamPath('MAPLE');

/** What the upcoming invoice of a subscription is asked by. */
export type NextInvoiceRequest = Pick<
  MapleNextInvoiceRequest,
  'customer_id' | 'subscription_id' | 'currency'
>;

/**
 * Maple's reads, one method per operation, for one GraphQL request. A single object that Maple does not know is null;
 * a find that it answers with 404 throws UpstreamNotFoundError. No read sends an Idempotency-Key: Maple would replay a
 * stale answer (maple.md section 1.4).
 */
export class MapleClient {
  readonly #reader: UpstreamReader;
  readonly #signal: AbortSignal;
  readonly #companyId: string;

  /** @param reader gives what others have read, where that is right for the operation; the client itself never does */
  constructor(reader: UpstreamReader, signal: AbortSignal, companyId: string) {
    this.#reader = reader;
    this.#signal = signal;
    this.#companyId = companyId;
  }

  findCustomers(find: FindRequest<MapleCustomerQuery>): Promise<MapleCustomerPage> {
    return this.#find('findCustomers', '/customers/find', isMapleCustomerPage, find, CUSTOMERS);
  }

  /** The slot also takes an identifier, so the answer may be of another id than the one given. */
  getCustomer(id: string): Promise<MapleCustomer | null> {
    return this.#get('getCustomer', pathOf`/customers/${id}`, isMapleCustomer, customerReuse(id));
  }

  findBundles(find: FindRequest<MapleBundleQuery>): Promise<MapleBundlePage> {
    return this.#find('findBundles', '/bundles/find', isMapleBundlePage, find, CATALOGUE);
  }

  getBundle(id: string): Promise<MapleBundlePricing | null> {
    return this.#get('getBundle', pathOf`/bundles/${id}`, isMapleBundlePricing, CATALOGUE);
  }

  findProductPricings(find: FindRequest<MapleProductPricingQuery>): Promise<MapleProductPricingPage> {
    return this.#find('findProductPricings', '/pricing/find', isMapleProductPricingPage, find, CATALOGUE);
  }

  /** The slot also takes an external identifier. */
  getProductPricing(id: string): Promise<MapleProductPricing | null> {
    return this.#get('getProductPricing', pathOf`/pricing/${id}`, isMapleProductPricing, CATALOGUE);
  }

  /** The slot also takes an external identifier. */
  getProduct(id: string): Promise<MapleProduct | null> {
    return this.#get('getProduct', pathOf`/products/${id}`, isMapleProduct, CATALOGUE);
  }

  findSubscriptions(find: FindRequest<MapleSubscriptionQuery>): Promise<MapleSubscriptionPage> {
    return this.#find('findSubscriptions', '/subscriptions/find', isMapleSubscriptionPage, find, CURRENT);
  }

  /** The slot also takes an external identifier. */
  getSubscription(id: string): Promise<MapleSubscription | null> {
    return this.#get('getSubscription', pathOf`/subscriptions/${id}`, isMapleSubscription, CURRENT);
  }

  findInvoices(find: FindRequest<MapleInvoiceQuery>): Promise<MapleInvoicePage> {
    return this.#find('findInvoices', '/invoices/find', isMapleInvoicePage, find, CURRENT);
  }

  /** Invoices are addressed by `uuid` (maple.md section 1.2). */
  getInvoice(uuid: string): Promise<MapleInvoice | null> {
    return this.#get('getInvoice', pathOf`/invoices/${uuid}`, isMapleInvoice, INVOICE);
  }

  /** The upcoming invoice of a subscription, which Maple computes and does not keep. */
  getNextInvoice(request: NextInvoiceRequest): Promise<MapleNextInvoice | null> {
    return this.#reader.read({
      operation: 'getNextInvoice',
      method: 'POST',
      path: this.#path('/invoices/next'),
      body: request,
      answer: isMapleNextInvoice,
      signal: this.#signal,
      reuse: CURRENT,
    });
  }

  findOneTimeCharges(find: FindRequest<MapleOneTimeQuery>): Promise<MapleOneTimeChargePage> {
    return this.#find('findOneTimeCharges', '/one_times/find', isMapleOneTimeChargePage, find, CURRENT);
  }

  #get<T>(
    operation: keyof MapleAnswers,
    path: string,
    answer: BodyValidator<T>,
    reuse: Reuse<T>,
  ): Promise<T | null> {
    return this.#reader.read({
      operation,
      method: 'GET',
      path: this.#path(path),
      answer,
      signal: this.#signal,
      reuse,
    });
  }

  async #find<T>(
    operation: keyof MapleAnswers,
    path: string,
    answer: BodyValidator<T>,
    find: FindRequest<object>,
    reuse: Reuse<T>,
  ): Promise<T> {
    const page = await this.#reader.read({
      operation,
      method: 'POST',
      path: this.#path(path),
      body: findBody(find),
      answer,
      signal: this.#signal,
      reuse,
    });
    if (page === null)
      throw new UpstreamNotFoundError('MAPLE', 'The provider does not know what this list belongs to.');
    return page;
  }

  #path(path: string): string {
    return pathOf`/api/v1/companies/${this.#companyId}` + path;
  }
}
