import type { Company } from '../../dataset/companies.ts';
import type { Bundle } from '../catalog/bundle.ts';
import { customerOfCompany, type CustomerRecord } from '../customer/customer-record.ts';
import { generateSubscriptions } from '../subscription/generate-subscriptions.ts';
import type { SubscriptionRecord } from '../subscription/subscription-record.ts';
import { invoiceOfCharge, invoicesOfSubscription } from '../invoice/generate-invoices.ts';
import type { InvoiceRecord } from '../invoice/invoice-record.ts';
import { generateOneTimes } from '../one-time/generate-one-times.ts';
import type { OneTimeRecord } from '../one-time/one-time-record.ts';
import { placeOfId, placeOfInvoice } from '../wire/opaque-id.ts';

/** Everything billed to one customer, in no promised order. */
export interface CustomerBilling {
  readonly subscriptions: readonly SubscriptionRecord[];
  readonly invoices: readonly InvoiceRecord[];
  readonly oneTimes: readonly OneTimeRecord[];
}

/** The billing data of all customers: generated when asked for, with the changes of callers on top. */
export interface Billing {
  of(customerIndex: number): CustomerBilling;
  subscription(id: string): SubscriptionRecord | undefined;
  invoice(uuid: string): InvoiceRecord | undefined;
  /** A bundle that was generated for a subscription. */
  generatedBundle(id: string): Bundle | undefined;
  /** Run rate per month of all the customer's subscriptions, in minor units of its currency. */
  mrr(customerIndex: number): bigint;
  /** Puts a changed invoice in the place of the one with its uuid. */
  replaceInvoice(invoice: InvoiceRecord): void;
  addInvoice(invoice: InvoiceRecord): void;
  addOneTimes(charges: readonly OneTimeRecord[]): void;
}

const NOTHING: CustomerBilling = { subscriptions: [], invoices: [], oneTimes: [] };
const KEPT_CUSTOMERS = 1_000;

/** Billing data of the companies' customers. Keeps that of the last 1 000 customers in memory, and every change. */
export function createBilling(companies: readonly Company[], offered: readonly Bundle[], now: Date): Billing {
  const generated = new Map<number, CustomerBilling>();
  const changedInvoices = new Map<string, InvoiceRecord>();
  const addedInvoices = new Map<number, InvoiceRecord[]>();
  const addedOneTimes = new Map<number, OneTimeRecord[]>();

  const generatedOf = (customerIndex: number): CustomerBilling => {
    const known = generated.get(customerIndex);
    if (known !== undefined) return known;
    const company = companies[customerIndex];
    if (company === undefined || company.maple === 'absent') return NOTHING;
    // From the company, not from the customer as callers changed it: an archived customer keeps its past.
    const billing = generate(customerOfCompany(company, now), offered, now);
    generated.set(customerIndex, billing);
    const oldest = generated.keys().next().value;
    if (generated.size > KEPT_CUSTOMERS && oldest !== undefined) generated.delete(oldest);
    return billing;
  };

  const of = (customerIndex: number): CustomerBilling => {
    const base = generatedOf(customerIndex);
    return {
      subscriptions: base.subscriptions,
      get invoices() {
        return [...base.invoices, ...(addedInvoices.get(customerIndex) ?? [])].map(
          (invoice) => changedInvoices.get(invoice.uuid) ?? invoice,
        );
      },
      get oneTimes() {
        return [...base.oneTimes, ...(addedOneTimes.get(customerIndex) ?? [])];
      },
    };
  };

  return {
    of,
    subscription(id) {
      const place = placeOfId('subs', id);
      return place && generatedOf(place.customerIndex).subscriptions.find((row) => row.id === id);
    },
    invoice(uuid) {
      const place = placeOfInvoice(uuid);
      return place && of(place.customerIndex).invoices.find((row) => row.uuid === uuid);
    },
    generatedBundle(id) {
      const place = placeOfId('bundle', id);
      return (
        place && generatedOf(place.customerIndex).subscriptions.find((row) => row.bundle.id === id)?.bundle
      );
    },
    mrr: (customerIndex) => generatedOf(customerIndex).subscriptions.reduce((sum, row) => sum + row.mrr, 0n),
    replaceInvoice: (invoice) => void changedInvoices.set(invoice.uuid, invoice),
    addInvoice(invoice) {
      const earlier = addedInvoices.get(invoice.customerIndex) ?? [];
      addedInvoices.set(invoice.customerIndex, [...earlier, invoice]);
    },
    addOneTimes(charges) {
      for (const charge of charges) {
        const earlier = addedOneTimes.get(charge.customerIndex) ?? [];
        addedOneTimes.set(charge.customerIndex, [...earlier, charge]);
      }
    },
  };
}

/** Invoices and charges are made when first read: lists of customers and subscriptions need neither. */
function generate(customer: CustomerRecord, offered: readonly Bundle[], now: Date): CustomerBilling {
  const subscriptions = generateSubscriptions(customer, offered, now);
  let oneTimes: readonly OneTimeRecord[] | undefined;
  let invoices: readonly InvoiceRecord[] | undefined;
  const billing: CustomerBilling = {
    subscriptions,
    get oneTimes() {
      const hasUpcomingInvoice = subscriptions.some((subscription) => subscription.nextInvoiceDate !== null);
      return (oneTimes ??= generateOneTimes(customer, hasUpcomingInvoice, now));
    },
    get invoices() {
      return (invoices ??= [
        ...subscriptions.flatMap((subscription) => invoicesOfSubscription(customer, subscription, now)),
        ...billing.oneTimes
          .filter((charge) => charge.state === 'INVOICED')
          .map((charge) => invoiceOfCharge(customer, charge)),
      ]);
    },
  };
  return billing;
}
