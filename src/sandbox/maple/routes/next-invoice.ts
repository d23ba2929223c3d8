import { addUtcDays } from '../../sandbox-clock.ts';
import type { InvoiceRecord } from '../invoice/invoice-record.ts';
import { notFound, refused } from '../maple-error.ts';
import type { MapleState } from '../maple-state.ts';
import { chargeTotal } from '../one-time/one-time-record.ts';
import { createInputReader } from '../request/input-reader.ts';
import type { SubscriptionRecord } from '../subscription/subscription-record.ts';
import { invoiceUuid } from '../wire/opaque-id.ts';
import type { WireObject } from '../wire/wire-object.ts';
import { writeInvoice } from './invoice-list.ts';

const MEMBERS = [
  'currency',
  'customer_id',
  'subscription_id',
  'change_config',
  'cancel_config',
  'include_taxes',
] as const;
const DEFAULT_DUE_DAYS = 14;
const UNSAVED_ORDINAL = 0xffff;

/**
 * The upcoming invoice of a subscription, or of the customer's pending charges alone where `subscription_id` is null
 * (maple.md section 6.2). Nothing is kept. Pending NEXT charges in the asked currency are on the customer's next
 * invoice only, the one of the subscription that bills first: two upcoming invoices never both count a charge.
 * Members that the reference leaves open: `uuid` is one that no read knows, `status` is DRAFT, `number` is empty.
 * Throws 404 for an unknown customer or subscription, 400 where nothing is upcoming, the currency differs from the
 * subscription's, or a change or cancellation is to be previewed, which the sandbox does not play.
 */
export function nextInvoice(state: MapleState, body: unknown): WireObject {
  const input = createInputReader(body, MEMBERS);
  const currency = input.requiredText('currency');
  const customerId = input.requiredText('customer_id');
  const subscriptionId = input.text('subscription_id');
  if (!input.isGiven('subscription_id')) input.report('subscription_id', 'is required');
  input.flag('include_taxes');
  for (const preview of ['change_config', 'cancel_config']) {
    if (input.object(preview) !== undefined) input.report(preview, 'is not played by the sandbox');
  }
  input.finish();

  const customer = state.customers.ofId(customerId);
  if (customer === undefined) throw notFound('Customer');
  const { subscriptions, oneTimes } = state.billing.of(customer.index);
  const subscription = subscriptions.find((row) => row.id === subscriptionId);
  if (subscriptionId !== undefined && subscription === undefined) throw notFound('Subscription');
  if (subscription !== undefined && subscription.bundle.currency !== currency) {
    throw refused(`The subscription is billed in ${subscription.bundle.currency}`);
  }
  const invoiceDate = subscription === undefined ? state.now : subscription.nextInvoiceDate;
  if (invoiceDate === null) throw refused('The subscription has no upcoming invoice');

  const takesCharges = subscription === undefined || subscription === firstToBill(subscriptions);
  const charges = oneTimes.filter(
    (charge) => charge.type === 'NEXT' && charge.state === 'PENDING' && charge.currency === currency,
  );
  const chargesTotal = takesCharges ? charges.reduce((sum, charge) => sum + chargeTotal(charge), 0n) : 0n;
  const subscriptionTotal =
    subscription === undefined ? 0n : subscription.recurring + subscription.usageSoFar;
  const total = subscriptionTotal + chargesTotal;
  const place = { customerIndex: customer.index, ordinal: UNSAVED_ORDINAL - (subscription?.ordinal ?? -1) };
  const invoice: InvoiceRecord = {
    uuid: invoiceUuid(place),
    ...place,
    customerId: customer.id,
    billedCustomerId: (subscription?.parentBilled === true ? customer.parentCustomerId : null) ?? customer.id,
    subscriptionId: subscription?.id ?? null,
    number: '',
    name: subscription === undefined ? 'One-time charges' : `${subscription.bundle.name} upcoming`,
    status: 'DRAFT',
    currency,
    subTotal: total,
    total,
    paid: 0n,
    prorated: 0n,
    autoCharges: subscription?.autoCharges ?? false,
    invoiceDate,
    dueDate: addUtcDays(invoiceDate, subscription?.dueAfterDays ?? DEFAULT_DUE_DAYS),
    paidDate: null,
    embedsCustomer: false,
    createdAt: state.now,
    updatedAt: state.now,
  };
  return writeInvoice(state, invoice);
}

/** The running subscription that is billed first; of several on one day, the first. */
function firstToBill(subscriptions: readonly SubscriptionRecord[]): SubscriptionRecord | undefined {
  const billingTime = (subscription: SubscriptionRecord): number =>
    subscription.nextInvoiceDate?.getTime() ?? Number.POSITIVE_INFINITY;
  return subscriptions
    .filter((subscription) => subscription.nextInvoiceDate !== null)
    .toSorted((a, b) => billingTime(a) - billingTime(b))[0];
}
