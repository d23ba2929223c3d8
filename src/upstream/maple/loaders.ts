import { createReadLoader, type ReadLoader } from '../http/read-loader.ts';
import { invalidField } from '../http/wire-values.ts';
import type { MapleClient, NextInvoiceRequest } from './client.ts';
import { findKey, type FindRequest, type FoundPage } from './find-request.ts';
import { isWholeEmbedded } from './map-customer.ts';
import { productNameOf } from './map-product.ts';
import type {
  MapleBundlePricing,
  MapleBundleQuery,
  MapleCustomer,
  MapleCustomerQuery,
  MapleInvoice,
  MapleInvoiceQuery,
  MapleNextInvoice,
  MapleOneTimeBillable,
  MapleOneTimeQuery,
  MapleProduct,
  MapleProductPricing,
  MapleProductPricingQuery,
  MapleSubscription,
  MapleSubscriptionQuery,
} from './wire.gen.ts';

/** One object by id; null when the upstream does not know that very id. */
type ById<T> = ReadLoader<string, T | null>;
/** One page of a list. */
type Pages<Query, Row> = ReadLoader<FindRequest<Query>, FoundPage<Row>>;

/** Every read of Maple within one GraphQL request; each distinct one is sent at most once. */
export interface MapleLoaders {
  readonly customers: ById<MapleCustomer>;
  readonly bundles: ById<MapleBundlePricing>;
  readonly pricings: ById<MapleProductPricing>;
  /** Products with their pricings down to item pricings, as only the single read gives them. */
  readonly products: ById<MapleProduct>;
  readonly productNames: ById<string>;
  readonly subscriptions: ById<MapleSubscription>;
  /** By uuid. */
  readonly invoices: ById<MapleInvoice>;
  readonly nextInvoices: ReadLoader<NextInvoiceRequest, MapleNextInvoice | null>;
  readonly customerPages: Pages<MapleCustomerQuery, MapleCustomer>;
  readonly bundlePages: Pages<MapleBundleQuery, MapleBundlePricing>;
  readonly pricingPages: Pages<MapleProductPricingQuery, MapleProductPricing>;
  readonly subscriptionPages: Pages<MapleSubscriptionQuery, MapleSubscription>;
  readonly invoicePages: Pages<MapleInvoiceQuery, MapleInvoice>;
  readonly oneTimePages: Pages<MapleOneTimeQuery, MapleOneTimeBillable>;
}

/**
 * The loaders of one GraphQL request. Complete objects that arrive in lists, or embedded in other objects, are kept
 * for the reads by id, so that those cost no call.
 */
export function createMapleLoaders(client: MapleClient): MapleLoaders {
  const customers = byId(
    (id) => client.getCustomer(id),
    ({ id }) => id,
  );
  const products = byId(
    (id) => client.getProduct(id),
    ({ id }) => id,
    sawProduct,
  );
  const productNames: ById<string> = createReadLoader(
    async (id) => {
      const product = await products.load(id);
      if (product === null) return null;
      const name = productNameOf(product);
      if (name === null) throw invalidField('MAPLE', 'product.name');
      return name;
    },
    (id) => id,
  );
  const bundles = byId(
    (id) => client.getBundle(id),
    ({ id }) => id,
    sawBundle,
  );
  const pricings = byId(
    (id) => client.getProductPricing(id),
    ({ id }) => id,
    sawPricing,
  );
  const subscriptions = byId(
    (id) => client.getSubscription(id),
    ({ id }) => id,
    sawSubscription,
  );
  const invoices = byId(
    (uuid) => client.getInvoice(uuid),
    ({ uuid }) => uuid,
    sawInvoice,
  );

  function sawCustomer(customer: MapleCustomer): void {
    customers.prime(customer.id, customer);
  }
  function sawEmbedded(customer: MapleCustomer | null | undefined): void {
    if (isWholeEmbedded(customer)) sawCustomer(customer);
  }
  function sawProduct(product: MapleProduct | null | undefined): void {
    if (product === null || product === undefined) return;
    const name = productNameOf(product);
    if (name !== null) productNames.prime(product.id, name);
  }
  function sawPricing(pricing: MapleProductPricing | null | undefined): void {
    sawProduct(pricing?.product);
  }
  function sawBundle(bundle: MapleBundlePricing): void {
    for (const { product, product_pricing: pricing } of bundle.bundle_product_pricings ?? []) {
      sawProduct(product);
      sawPricing(pricing);
    }
  }
  function sawSubscription(subscription: MapleSubscription): void {
    sawEmbedded(subscription.customer);
  }
  function sawInvoice(invoice: MapleInvoice): void {
    sawEmbedded(invoice.customer);
    sawEmbedded(invoice.billed_customer);
  }

  return {
    customers,
    bundles,
    pricings,
    products,
    productNames,
    subscriptions,
    invoices,
    nextInvoices: createReadLoader(
      (request) => client.getNextInvoice(request),
      ({ customer_id, subscription_id, currency }) =>
        JSON.stringify([customer_id, subscription_id, currency]),
    ),
    customerPages: pages((find) => client.findCustomers(find), sawCustomer),
    bundlePages: pages(
      (find) => client.findBundles(find),
      (row) => {
        bundles.prime(row.id, row);
        sawBundle(row);
      },
    ),
    pricingPages: pages(
      (find) => client.findProductPricings(find),
      (row) => {
        pricings.prime(row.id, row);
        sawPricing(row);
      },
    ),
    subscriptionPages: pages(
      (find) => client.findSubscriptions(find),
      (row) => {
        subscriptions.prime(row.id, row);
        sawSubscription(row);
      },
    ),
    invoicePages: pages(
      (find) => client.findInvoices(find),
      (row) => {
        invoices.prime(row.uuid, row);
        sawInvoice(row);
      },
    ),
    oneTimePages: pages(
      (find) => client.findOneTimeCharges(find),
      (row) => sawPricing(row.product_pricing),
    ),
  };
}

/** Several id slots take other identifiers too (maple.md section 1.2): an answer of another id is not what was asked. */
function byId<T>(
  read: (id: string) => Promise<T | null>,
  idOf: (row: T) => string,
  saw: (row: T) => void = () => undefined,
): ById<T> {
  return createReadLoader(
    async (id) => {
      const row = await read(id);
      if (row === null || idOf(row) !== id) return null;
      saw(row);
      return row;
    },
    (id) => id,
  );
}

function pages<Query extends object, Row>(
  read: (find: FindRequest<Query>) => Promise<FoundPage<Row>>,
  saw: (row: Row) => void,
): Pages<Query, Row> {
  return createReadLoader<FindRequest<Query>, FoundPage<Row>>(async (find) => {
    const page = await read(find);
    for (const row of page.results ?? []) saw(row);
    return page;
  }, findKey);
}
