import Big from 'big.js';
import type { Company } from '../dataset/companies.ts';
import { addUtcDays, addUtcMonths, startOfUtcMonth } from '../sandbox-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { companyPlans, type CompanyPlan } from './customer-plans.ts';
import { externalInvoice } from './external-invoice.ts';
import { invoiceAdjustments } from './invoice-adjustments.ts';
import { oneTimeLineItem, planLineItems, sum } from './line-items.ts';
import { metronomeId } from './metronome-id.ts';
import { EUR, USD_CENTS } from './pricing-units.ts';
import { SERVICES } from './usd-plans.ts';
import type { CreditType, CustomFields, Invoice, InvoiceLineItem } from './wire-types.ts';
import { wireMilliseconds, wireSeconds } from './wire-time.ts';

/** Invoices are issued this many days after their period ends (grace period, metronome.md section 8.7). */
const DAYS_TO_ISSUE = 2;
const MONTHS_OF_INVOICES = 12;

/** The company an invoice is for, as the invoice names it. */
export interface InvoicedCustomer {
  readonly company: Company;
  readonly customerId: string;
  readonly customFields: CustomFields;
}

/**
 * The invoices of a company as they stand at `now`, newest period first: one per month on a plan, at most twelve. The
 * month of the clock is DRAFT, older ones are FINALIZED, a few VOID.
 */
export function companyInvoices(customer: InvoicedCustomer, now: Date): readonly Invoice[] {
  const plans = companyPlans(customer.company, now);
  const invoices: Invoice[] = [];
  for (let monthsAgo = 0; monthsAgo < MONTHS_OF_INVOICES; monthsAgo += 1) {
    const start = addUtcMonths(startOfUtcMonth(now), -monthsAgo);
    const companyPlan = plans.find(
      (plan) => plan.startingOn <= start && (plan.endingBefore === undefined || plan.endingBefore > start),
    );
    if (companyPlan !== undefined) invoices.push(monthlyInvoice(customer, companyPlan, monthsAgo, now));
  }
  return invoices;
}

function monthlyInvoice(
  { company, customerId, customFields }: InvoicedCustomer,
  companyPlan: CompanyPlan,
  monthsAgo: number,
  now: Date,
): Invoice {
  const start = addUtcMonths(startOfUtcMonth(now), -monthsAgo);
  const end = addUtcMonths(start, 1);
  const period = { start, end, index: monthsBetween(companyPlan.startingOn, start) };
  const { creditType, detail } = companyPlan.plan;
  const lineItems = [
    ...planLineItems(companyPlan, { company, period, now }),
    ...oneTimeLines(company, monthsAgo, creditType),
  ];
  const subtotal = sum(lineItems.map((line) => line.total));
  const adjustments = invoiceAdjustments(company, companyPlan, period, subtotal);
  const total = subtotal.plus(sum(adjustments.map((adjustment) => adjustment.total)));
  const issuedAt = addUtcDays(end, DAYS_TO_ISSUE);
  // In the first days of a month the previous one is still in its grace period.
  const isIssued = issuedAt <= now;
  const isVoid = isIssued && isVoided(company, monthsAgo);
  return {
    id: metronomeId('invoice', company.index, wireSeconds(start)),
    customer_id: customerId,
    status: isVoid ? 'VOID' : isIssued ? 'FINALIZED' : 'DRAFT',
    type: invoiceType(company),
    credit_type: creditType,
    line_items: lineItems,
    subtotal,
    total,
    start_timestamp: wireSeconds(start),
    end_timestamp: wireSeconds(end),
    ...(isIssued && { issued_at: wireMilliseconds(issuedAt) }),
    ...(companyPlan.netPaymentTermsDays !== undefined && {
      net_payment_terms_days: companyPlan.netPaymentTermsDays,
    }),
    external_invoice: isIssued
      ? externalInvoice(company, { monthsAgo, issuedAt, total, creditType, isVoid })
      : null,
    customer_custom_fields: customFields,
    custom_fields: {},
    plan_id: detail.id,
    plan_name: detail.name,
    plan_custom_fields: detail.custom_fields,
    invoice_adjustments: adjustments,
  };
}

/** Some one-time charges: charges of the services catalogue, which is on nobody's plan. */
function oneTimeLines(
  company: Company,
  monthsAgo: number,
  creditType: CreditType,
): readonly InvoiceLineItem[] {
  const isShowcase = company.index === 0 && [0, 1, 4].includes(monthsAgo);
  if (!isShowcase && !(company.index % 6 === 3 && monthsAgo === 2)) return [];
  const { charge } = seededRandom(`one-time:${company.index}:${monthsAgo}`).pick(SERVICES.charges);
  const price = creditType === USD_CENTS ? '60000' : creditType === EUR ? '750.25' : '2000';
  return [
    oneTimeLineItem(charge, creditType, {
      description: `${charge.name} for ${company.name}`,
      price: new Big(price),
      quantity: new Big(monthsAgo === 1 ? '1.5' : '2'),
    }),
  ];
}

function isVoided(company: Company, monthsAgo: number): boolean {
  if (company.index === 0) return monthsAgo === 5;
  return monthsAgo >= 2 && seededRandom(`void:${company.index}:${monthsAgo}`).chance(0.04);
}

/** PLAN_ARREARS mostly; USAGE, the word of the list filter (metronome.md section 8.3), for every seventh company. */
function invoiceType(company: Company): string {
  return company.index % 7 === 6 ? 'USAGE' : 'PLAN_ARREARS';
}

function monthsBetween(from: Date, to: Date): number {
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
}
