import {
  bundleRow,
  customerRow,
  invoiceRow,
  metricPricingRow,
  money,
  oneTimeRow,
  pricingRow,
  subscriptionRow,
} from '../upstream/maple/wire-rows.ts';
import { daysBefore, pageNumber, uuid } from './lavish-rows.ts';
import { pick } from './pick.ts';

/** One request to Maple. */
interface MapleRequest {
  readonly path: string;
  readonly body: unknown;
}

const HELD_PLANS = 10;
const PRODUCTS = 50;

/**
 * What a Maple answers that has as much of everything as the bound on an operation's cost takes for granted: lists go on
 * without end, invoices and one-time charges embed as little as can be, each plan is another bundle.
 */
export function lavishMaple({ path, body }: MapleRequest): object {
  const [resource = '', id = ''] = path.split('/').slice(5);
  switch (`${resource}/${id}`) {
    case 'customers/find':
      return customers(body);
    case 'subscriptions/find':
      return found(body, HELD_PLANS, (at) => subscription(textAt(body, 'query', 'customer_id'), at));
    case 'bundles/find':
      return found(body, Infinity, (at) => bundle(`bundle_${at}`, at));
    case 'pricing/find':
      return found(body, Infinity, (at) => pricing(`pricing_${at}`, at));
    case 'invoices/find':
      return found(body, Infinity, (at) => ({
        ...invoice(textAt(body, 'query', 'customer_id'), at),
        status: textAt(body, 'query', 'statuses', '0') || 'PENDING',
      }));
    case 'one_times/find':
      return found(body, Infinity, (at) => oneTime(textAt(body, 'query', 'customer_id'), at));
    case 'invoices/next':
      return { total: money('100') };
  }
  switch (resource) {
    case 'customers':
      return customer(id, 0);
    case 'subscriptions':
      return subscription('cus_0', 0, id);
    case 'bundles':
      return bundle(id, 0);
    case 'pricing':
      return pricing(id, id.length);
    case 'products':
      return { id, name: 'Seats', product_pricings: [] };
    default:
      return { ...invoice('cus_0', 0), uuid: id };
  }
}

function customers(body: unknown): object {
  const identifier = textAt(body, 'query', 'identifier');
  return identifier === ''
    ? found(body, Infinity, (at) => ({
        ...customer(`cus_${at}`, at),
        status: textAt(body, 'query', 'status'),
      }))
    : { pagination: {}, results: [customerRow({ ...customer('cus_0', 0), identifier })] };
}

function found(body: unknown, length: number, row: (at: number) => object): object {
  const limit = Number(pick(body, 'pagination', 'limit'));
  const page = pageNumber(textAt(body, 'pagination', 'from_key'));
  const from = page * 1000;
  const results = Array.from({ length: Math.min(limit, Math.max(0, length - from)) }, (_, place) =>
    row(from + place),
  );
  return { pagination: length === Infinity ? { from_key: `page-${page + 1}` } : {}, results };
}

function customer(id: string, at: number) {
  return customerRow({
    id,
    identifier: `acct_${id}`,
    name: 'Orchard Labs',
    status: 'ACTIVE',
    created_at: daysBefore(at),
  });
}

function subscription(customerId: string, at: number, id = `subs_${customerId}_${at}`) {
  return subscriptionRow({
    id,
    customer_id: customerId,
    bundle_pricing_id: `bundle_${id}`,
    start_date: daysBefore(at),
    next_invoice_date: '2026-06-15T12:00:00Z',
    mrr: money('100'),
  });
}

function bundle(id: string, at: number) {
  const pricings = Array.from({ length: 20 }, (_, place) => pricing(`${id}_${place}`, place));
  return bundleRow({
    id,
    created_at: daysBefore(at),
    bundle_product_pricings: pricings.map((each) => ({ product_pricing_id: each.id, product_pricing: each })),
  });
}

function pricing(id: string, at: number) {
  const charges = [metricPricingRow({ id: `${id}_charge` })];
  return pricingRow({
    id,
    product_id: `prod_${at % PRODUCTS}`,
    created_at: daysBefore(at),
    product_metric_pricings: charges,
  });
}

function invoice(customerId: string, at: number) {
  return invoiceRow({
    uuid: uuid(customerId, at),
    customer_id: customerId,
    subscription_id: `subs_${customerId}_${at % HELD_PLANS}`,
    invoice_date: daysBefore(at),
    // Not all of it, so that an account that is found by it is looked for on both sides.
    ...(at % 2 === 1 && { customer: customerRow({ id: customerId, name: 'Orchard Labs' }) }),
  });
}

function oneTime(customerId: string, at: number) {
  return oneTimeRow({
    id: `onetime_${customerId}_${at}`,
    customer_id: customerId,
    product_pricing_id: `pricing_${at}`,
    product_pricing: pricingRow({ id: `pricing_${at}`, product_id: `prod_${at % PRODUCTS}` }),
    created_at: daysBefore(at),
  });
}

function textAt(value: unknown, ...path: readonly string[]): string {
  try {
    return String(pick(value, ...path));
  } catch {
    return '';
  }
}
