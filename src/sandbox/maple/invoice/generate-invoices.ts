import { addUtcDays, addUtcMonths } from '../../sandbox-clock.ts';
import { seededRandom } from '../../seeded-random.ts';
import type { CustomerRecord } from '../customer/customer-record.ts';
import { chargeTotal, type OneTimeRecord } from '../one-time/one-time-record.ts';
import type { SubscriptionRecord } from '../subscription/subscription-record.ts';
import { scaleMinor } from '../wire/money.ts';
import { invoiceUuid } from '../wire/opaque-id.ts';
import type { InvoiceRecord } from './invoice-record.ts';
import { invoiceStatus } from './invoice-status.ts';

const KEPT_INVOICES = 12;
const ORDINALS_PER_SUBSCRIPTION = 100;
const FIRST_CHARGE_ORDINAL = 1_000;
const ISSUED_AFTER_MS = 300_000;

/** The last invoices (at most 12) of a subscription, newest first: one for each billing day up to `now`. */
export function invoicesOfSubscription(
  customer: CustomerRecord,
  subscription: SubscriptionRecord,
  now: Date,
): readonly InvoiceRecord[] {
  const until = [now, subscription.endDate, subscription.cancelDate, subscription.pauseDate]
    .filter((instant) => instant !== null)
    .reduce((earliest, instant) => (instant < earliest ? instant : earliest));
  const dates: Date[] = [];
  let date = subscription.startDate;
  while (!subscription.trial && date < until) {
    dates.push(date);
    date = addUtcMonths(subscription.startDate, dates.length * subscription.billingMonths);
  }
  return dates
    .slice(-KEPT_INVOICES)
    .toReversed()
    .map((invoiceDate, age) => periodInvoice(customer, subscription, invoiceDate, age, dates.length - age));
}

/** The invoice of a one-time charge that was invoiced on its own. Dated on the charge's day. */
export function invoiceOfCharge(customer: CustomerRecord, charge: OneTimeRecord): InvoiceRecord {
  const place = { customerIndex: customer.index, ordinal: FIRST_CHARGE_ORDINAL + charge.ordinal };
  const total = chargeTotal(charge);
  const invoiceDate = charge.createdAt;
  return {
    uuid: invoiceUuid(place),
    ...place,
    customerId: customer.id,
    billedCustomerId: customer.id,
    subscriptionId: null,
    number: `${customer.index + 1001}-C${charge.ordinal + 1}`,
    name: charge.name,
    status: 'PAID',
    currency: charge.currency,
    subTotal: total,
    total,
    paid: total,
    prorated: 0n,
    autoCharges: true,
    invoiceDate,
    dueDate: addUtcDays(invoiceDate, 14),
    paidDate: addUtcDays(invoiceDate, 1),
    embedsCustomer: false,
    createdAt: new Date(invoiceDate.getTime() + ISSUED_AFTER_MS),
    updatedAt: addUtcDays(invoiceDate, 1),
  };
}

function periodInvoice(
  customer: CustomerRecord,
  subscription: SubscriptionRecord,
  invoiceDate: Date,
  age: number,
  sequence: number,
): InvoiceRecord {
  const place = {
    customerIndex: customer.index,
    ordinal: subscription.ordinal * ORDINALS_PER_SUBSCRIPTION + sequence,
  };
  const random = seededRandom(`maple-invoice:${place.customerIndex}:${place.ordinal}`);
  const status = invoiceStatus(subscription, age, random);
  const isFree = age === KEPT_INVOICES - 1 || random.chance(0.03);
  const subTotal = isFree ? 0n : subscription.recurring + BigInt(random.integer(0, 60_000));
  const total = withDiscountAndTax(subTotal, customer);
  const paid = amountPaid(status, total);
  const paidDate =
    status === 'PAID' ? addUtcDays(invoiceDate, Math.min(age, 1) * random.integer(1, 9)) : null;
  const createdAt = new Date(invoiceDate.getTime() + ISSUED_AFTER_MS);
  const month = invoiceDate.toISOString().slice(0, 7);
  return {
    uuid: invoiceUuid(place),
    ...place,
    customerId: customer.id,
    billedCustomerId:
      subscription.parentBilled && customer.parentCustomerId !== null
        ? customer.parentCustomerId
        : customer.id,
    subscriptionId: subscription.id,
    number: `${customer.index + 1001}-${subscription.ordinal + 1}-${String(sequence).padStart(3, '0')}`,
    name: `${subscription.bundle.name} ${month}`,
    status,
    currency: subscription.bundle.currency,
    subTotal,
    total,
    paid,
    prorated: random.chance(0.1) ? -scaleMinor(subTotal, 1n, 30n) : 0n,
    autoCharges: subscription.autoCharges,
    invoiceDate,
    dueDate: addUtcDays(invoiceDate, subscription.dueAfterDays),
    paidDate,
    embedsCustomer: random.chance(0.15),
    createdAt,
    updatedAt: paidDate !== null && paidDate > createdAt ? paidDate : createdAt,
  };
}

/** The total: `sub_total` less discounts plus taxes, an inferred rule (maple.md section 6.1). */
function withDiscountAndTax(subTotal: bigint, customer: CustomerRecord): bigint {
  const discount = customer.metadata['account_tier'] === 'gold' ? scaleMinor(subTotal, 1n, 10n) : 0n;
  const taxPercent = { USD: 0n, EUR: 20n, JPY: 10n, KWD: 0n }[customer.currency];
  return subTotal - discount + scaleMinor(subTotal - discount, taxPercent, 100n);
}

function amountPaid(status: string, total: bigint): bigint {
  if (status === 'PAID') return total;
  return status === 'PARTIALLY_PAID' ? scaleMinor(total, 2n, 5n) : 0n;
}
